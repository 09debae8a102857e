using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Training;

/// <summary>How a stream of tasks is learned.</summary>
internal sealed record ClassifierRunOptions
{
    /// <summary>The model.</summary>
    public ClassifierSpec Spec { get; init; } = new();

    /// <summary>The number of fast memories, unless every task has its own.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>The name that the model has where it is kept.</summary>
    public ModelId Model { get; init; } = new("classifier");

    /// <summary>The gateway whose engine learns; null for one in this process.</summary>
    public Uri? Server { get; init; }

    /// <summary>How to talk to it.</summary>
    public HttpClusterOptions Connection { get; init; } = new();

    /// <summary>How the stream is cut over them.</summary>
    public StreamSplit Split { get; init; }

    /// <summary>How versions travel down.</summary>
    public FloatEncoding VersionEncoding { get; init; }

    /// <summary>How updates travel up.</summary>
    public UpdateEncodings Updates { get; init; } = new();

    /// <summary>What the shared levels let pass and keep.</summary>
    public RoundPolicy Rounds { get; init; } = new();

    /// <summary>How many threads a fold may use.</summary>
    public int FoldThreads { get; init; } = 1;
}
