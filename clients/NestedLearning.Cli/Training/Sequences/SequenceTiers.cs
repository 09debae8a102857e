using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Training.Sequences;

/// <summary>How a sequence model is trained by workers that share its levels.</summary>
/// <param name="Workers">How many workers, each of which sees its part of a step's windows.</param>
/// <param name="LocalSteps">As in <see cref="SequenceSpec.LocalSteps"/>.</param>
/// <param name="Outer">As in <see cref="SequenceSpec.Outer"/>.</param>
/// <param name="Updates">How updates travel up.</param>
/// <param name="VersionEncoding">How versions travel down.</param>
internal sealed record SequenceTiers(int Workers, int LocalSteps, OuterSettings Outer, UpdateEncodings Updates, FloatEncoding VersionEncoding)
{
    /// <summary>The model as its memories and consolidators make it.</summary>
    public SequenceSpec Spec(SequenceSettings model, SequenceTrainingSettings training) =>
        new(model) { Training = training, LocalSteps = LocalSteps, Outer = Outer };

    /// <summary>Rounds that wait for every worker, however long one is away.</summary>
    public RoundPolicy Rounds => new()
    {
        MinContributors = Workers,
        Synchronous = true,
        MaxWait = TimeSpan.FromDays(30),
        VersionEncoding = VersionEncoding,
        Updates = Updates,
    };
}
