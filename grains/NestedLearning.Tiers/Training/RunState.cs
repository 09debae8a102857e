using System.Text.Json;
using System.Text.Json.Serialization;

namespace NestedLearning.Tiers;

/// <summary>All that a run is, as a store keeps it.</summary>
internal sealed record RunState(int FormatVersion, long Number, RunSpec Spec, RunStage Stage)
{
    public const int Format = 1;

    /// <summary>What was found before the first event; null until then.</summary>
    public RunExtent? Extent { get; init; }

    /// <summary>The number of the last lease that was given.</summary>
    public long LastLease { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Problem { get; init; }

    /// <summary>The shards, by number.</summary>
    public ShardRecord[] Shards { get; init; } = [];

    public static RunState Of(long number, RunSpec spec) => new(Format, number, spec, RunStage.Surveying)
    {
        Shards = [.. Enumerable.Repeat(new ShardRecord(), spec.Shards)],
    };

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, RunStateJson.Default.RunState);

    /// <exception cref="DamagedRunException">It is something else than <see cref="ToJson"/> wrote.</exception>
    public static RunState FromJson(ReadOnlySpan<byte> json)
    {
        RunState? state;
        try
        {
            state = JsonSerializer.Deserialize(json, RunStateJson.Default.RunState);
        }
        catch (JsonException error)
        {
            throw new DamagedRunException("is not JSON of a run", error);
        }

        if (state?.FormatVersion != Format)
        {
            throw new DamagedRunException($"has the format {state?.FormatVersion}, accepted is {Format}");
        }

        return state.Spec is { } spec && state.Shards?.Length == spec.Shards
            ? state
            : throw new DamagedRunException("does not have the shards of its spec");
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunState))]
internal sealed partial class RunStateJson : JsonSerializerContext;
