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
        long learned = Tallies.Sum(tally => tally.Learned - (Of(tally)?.Learned ?? 0));
        long correct = Tallies.Sum(tally => tally.Correct - (Of(tally)?.Correct ?? 0));
        Dictionary<string, double> figures = new() { ["memories"] = Memories, ["events"] = learned, ["correct"] = correct };
        string detail = $"{Words.Memories(Memories)}, {Words.Events(learned)}";
        if (learned > 0)
        {
            double accuracy = (double)correct / learned;
            figures["accuracy"] = accuracy;
            detail += string.Create(CultureInfo.InvariantCulture, $", {accuracy * 100:F1} % predicted correctly before they were learned");
        }

        return new RunResult(detail, figures) { Tallies = Tallies };

        LearningTally? Of(LearningTally now) => before.FirstOrDefault(tally => tally.Process == now.Process);
    }
}
