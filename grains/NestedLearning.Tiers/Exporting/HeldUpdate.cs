using System.Globalization;
using System.Text.Json;

namespace NestedLearning.Tiers;

/// <summary>Where an update is.</summary>
public enum UpdatePlace
{
    /// <summary>With its memory: it is not durable in the level.</summary>
    Outbox,

    /// <summary>In the level's open round: no version contains it.</summary>
    Round,

    /// <summary>In the newest version, and kept since.</summary>
    Version,

    /// <summary>In quarantine: a version left it out.</summary>
    Quarantine,

    /// <summary>In no version any more, and kept until the level's next base.</summary>
    Released,
}

/// <summary>An update that is held of a source.</summary>
/// <param name="Place">Where.</param>
/// <param name="Version">The version that it came in with, or that left it out; null where that is not kept.</param>
/// <param name="Update">The update.</param>
public sealed record HeldUpdate(UpdatePlace Place, long? Version, StoredUpdate Update)
{
    /// <summary>The file that it becomes.</summary>
    /// <param name="read">The same update, decoded.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="labels">The labels of its events, in their order; none where it carries their sums.</param>
    internal ExportedFile ToFile(RoundUpdate read, string folder, IReadOnlyList<string> labels)
    {
        FrameHeader header = FrameCodec.Decode(Update.Frame, StateFrames.Limits).Header;
        Dictionary<string, string> metadata = new()
        {
            ["model"] = header.Model.Value,
            ["level"] = header.Level!.Value.Value,
            ["tenant"] = read.Source.Value,
            ["sequence"] = Text(read.Sequence),
            ["base-version"] = Text(read.BaseVersion),
            ["events"] = Text(read.Contribution.Events),
            ["kind"] = JsonNamingPolicy.CamelCase.ConvertName(header.UpdateKind.ToString()),
            ["place"] = JsonNamingPolicy.CamelCase.ConvertName(Place.ToString()),
            ["at"] = Text(Update.At),
        };
        if (Version is { } version)
        {
            metadata["version"] = Text(version);
        }

        if (labels.Count > 0)
        {
            metadata["event-labels"] = JsonSerializer.Serialize([.. labels], ExportTextsJson.Default.StringArray);
        }

        return TensorFile.Of($"{folder}/{Text(read.Sequence)}.safetensors", "nested-learning/update", read.Contribution.Tensors, metadata);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
