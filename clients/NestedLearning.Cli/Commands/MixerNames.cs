using NestedLearning.Models;

namespace NestedLearning.Cli.Commands;

/// <summary>What the command line calls sequence models.</summary>
internal static class MixerNames
{
    /// <summary>A transformer is more than its mixer: it has SwiGLU instead of a continuum memory, and no convolution.</summary>
    public const string Transformer = "transformer";

    /// <summary>All of them, for help.</summary>
    public const string All = "hope|titans|gated-delta|delta|linear-attention|attention|transformer";

    /// <summary>The model of a name, with its defaults.</summary>
    /// <exception cref="UsageException">There is none of this name.</exception>
    public static SequenceSettings Settings(string option, string name, int vocabulary) => name switch
    {
        Transformer => SequenceSettings.Transformer(vocabulary),
        "hope" => Of(MixerKind.SelfModifying, vocabulary),
        "titans" => Of(MixerKind.Titans, vocabulary),
        "gated-delta" => Of(MixerKind.GatedDelta, vocabulary),
        "delta" => Of(MixerKind.Delta, vocabulary),
        "linear-attention" => Of(MixerKind.LinearAttention, vocabulary),
        "attention" => Of(MixerKind.Attention, vocabulary),
        _ => throw new UsageException($"{option} is '{name}'; accepted: {All.Replace("|", ", ", StringComparison.Ordinal)}."),
    };

    private static SequenceSettings Of(MixerKind kind, int vocabulary) => new(vocabulary) { Mixer = kind };
}
