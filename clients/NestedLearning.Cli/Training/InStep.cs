using NestedLearning.Tiers;

namespace NestedLearning.Cli.Training;

/// <summary>The rounds of training, whoever reads the data.</summary>
internal static class InStep
{
    /// <summary>Rounds that wait for so many workers, however long one is away.</summary>
    public static RoundPolicy Rounds(int contributors, ClassifierRunOptions options) => options.Rounds with
    {
        MinContributors = contributors,
        Synchronous = true,
        MaxWait = TimeSpan.FromDays(30),
        VersionEncoding = options.VersionEncoding,
        Updates = options.Updates,
    };
}
