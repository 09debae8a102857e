using System.Globalization;

namespace NestedLearning.Tiers;

/// <summary>How far memories have come.</summary>
/// <param name="Memories">The memories that are in a process.</param>
/// <param name="Tallies">What was learned in each process since it started.</param>
public sealed record EvaluationReport(int Memories, IReadOnlyList<LearningTally> Tallies)
{
    /// <summary>The report as a run's record has it: what was learned since the evaluation before.</summary>
    /// <param name="before">How far that one came.</param>
    public RunResult ToResult(IReadOnlyList<LearningTally> before)
    {
        LearningTotals since = Tallies.Aggregate(default(LearningTotals), (sum, tally) => sum + (tally.ToTotals() - Before(tally)));
        Dictionary<string, double> figures = new() { [EvaluationFigures.Memories] = Memories, [EvaluationFigures.Events] = since.Learned };
        return new RunResult($"{Words.Memories(Memories)}, {Words.Events(since.Learned)}{Describe(since, figures)}", figures) { Tallies = Tallies };

        LearningTotals Before(LearningTally now) => before.FirstOrDefault(tally => tally.Process == now.Process)?.ToTotals() ?? default;
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
