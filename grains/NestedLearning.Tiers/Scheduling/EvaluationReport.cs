using System.Globalization;

namespace NestedLearning.Tiers;

/// <summary>How far memories have come.</summary>
/// <param name="Memories">The memories that are in a process.</param>
/// <param name="Tallies">What was learned in each process since it started.</param>
public sealed record EvaluationReport(int Memories, IReadOnlyList<LearningTally> Tallies)
{
    /// <summary>The most sources that a record has: those with most probes.</summary>
    public const int MaxSources = 32;

    /// <summary>How well the newest version of the slowest shared level knows what each source has taught; none where it has no gate.</summary>
    public IReadOnlyList<ProbeScore> Probes { get; init; } = [];

    /// <summary>The report as a run's record has it: what was learned since the evaluation before.</summary>
    /// <param name="before">How far that one came.</param>
    public RunResult ToResult(IReadOnlyList<LearningTally> before)
    {
        LearningTotals since = Tallies.Aggregate(default(LearningTotals), (sum, tally) => sum + (tally.ToTotals() - Before(tally)));
        Dictionary<string, double> figures = new() { [EvaluationFigures.Memories] = Memories, [EvaluationFigures.Events] = since.Learned };
        string detail = $"{Words.Memories(Memories)}, {Words.Events(since.Learned)}{Describe(since, figures)}{DescribeProbes(figures)}";
        return new RunResult(detail, figures)
        {
            Tallies = Tallies,
            Probes = Probes.Count == 0
                ? null
                : [.. Probes.OrderByDescending(probe => probe.Asked).Take(MaxSources).OrderBy(probe => probe.Source, StringComparer.Ordinal)],
        };

        LearningTotals Before(LearningTally now) => before.FirstOrDefault(tally => tally.Process == now.Process)?.ToTotals() ?? default;
    }

    private string DescribeProbes(Dictionary<string, double> figures)
    {
        int asked = Probes.Sum(probe => probe.Asked);
        if (asked == 0)
        {
            return "";
        }

        int right = Probes.Sum(probe => probe.Right);
        (figures[EvaluationFigures.Probes], figures[EvaluationFigures.ProbesRight]) = (asked, right);
        return string.Create(CultureInfo.InvariantCulture, $"; {right:N0} of {asked:N0} probes right");
    }

    /// <summary>
    /// How well the events were known just before they were learned: by what the model's loss says where it has one, as sequence models do,
    /// and by right answers where it has none. Its numbers go to the figures.
    /// </summary>
    private static string Describe(LearningTotals since, Dictionary<string, double> figures)
    {
        bool hasLoss = since.Loss != 0;
        if (!hasLoss)
        {
            figures[EvaluationFigures.Correct] = since.Correct;
        }

        if (since.Learned == 0)
        {
            return "";
        }

        if (!hasLoss)
        {
            double accuracy = (double)since.Correct / since.Learned;
            figures[EvaluationFigures.Accuracy] = accuracy;
            return string.Create(CultureInfo.InvariantCulture, $", {accuracy * 100:F1} % predicted correctly before they were learned");
        }

        double loss = since.Loss / since.Learned;
        figures[EvaluationFigures.Loss] = loss;
        if (since.CodeLength.BitsPerByte is not { } bits)
        {
            return string.Create(CultureInfo.InvariantCulture, $", {loss:F3} nats a token before they were learned");
        }

        figures[EvaluationFigures.BitsPerByte] = bits;
        return string.Create(CultureInfo.InvariantCulture, $", {bits:F3} bits a byte ({loss:F3} nats a token) before they were learned");
    }
}
