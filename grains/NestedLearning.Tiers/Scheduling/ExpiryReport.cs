namespace NestedLearning.Tiers;

/// <summary>What an expiry came to.</summary>
/// <param name="Expired">The memories that left memory.</param>
/// <param name="Stayed">Those that are in use, or were lately.</param>
public sealed record ExpiryReport(int Expired, int Stayed)
{
    /// <summary>The report as a run's record has it.</summary>
    public RunResult ToResult() => new(
        $"{Words.Memories(Expired)} left, {Words.Memories(Stayed)} stayed",
        new Dictionary<string, double> { ["expired"] = Expired, ["stayed"] = Stayed });
}
