using System.Text.Json.Serialization;

namespace NestedLearning.Models;

/// <summary>What a file says of the sequence model in it.</summary>
/// <param name="Settings">The shape of the model.</param>
/// <param name="Tokenizer">What made its tokens.</param>
/// <param name="Levels">Its levels, level 1 first; level 0 is the state of a stream, which no model file holds.</param>
public sealed record SequenceModelManifest(SequenceSettings Settings, SequenceModelTokenizer Tokenizer, IReadOnlyList<SequenceModelLevel> Levels)
{
    /// <summary>The format of the manifest.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The architecture that these settings make, 'hope' or what it is compared with.</summary>
    public string Architecture { get; init; } = Settings.Mixer == MixerKind.SelfModifying && Settings.Periods.Count > 0 ? "hope" : $"{Settings.Mixer}";

    /// <summary>The format of the manifest, 1.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>How many steps it has learned.</summary>
    public long Step { get; init; }
}

/// <summary>A level of a model in a file.</summary>
/// <param name="Level">Its number.</param>
/// <param name="Period">After how many steps its parameters change.</param>
/// <param name="Version">How many times they have.</param>
/// <param name="Tensors">The names of its tensors.</param>
public sealed record SequenceModelLevel(int Level, int Period, long Version, IReadOnlyList<string> Tensors);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SequenceModelManifest))]
internal sealed partial class SequenceModelJson : JsonSerializerContext;
