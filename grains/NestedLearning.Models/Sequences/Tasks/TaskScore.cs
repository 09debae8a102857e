namespace NestedLearning.Models;

/// <summary>How well a task is done.</summary>
/// <param name="Answers">The number of answers.</param>
/// <param name="Correct">The number of right ones.</param>
/// <param name="Chance">The accuracy of the best guess of one who has not read the streams.</param>
public readonly record struct TaskScore(long Answers, long Correct, double Chance)
{
    /// <summary>The share of right answers; 0 where there is none.</summary>
    public double Accuracy => Answers == 0 ? 0 : (double)Correct / Answers;
}
