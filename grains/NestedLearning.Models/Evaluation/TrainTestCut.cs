namespace NestedLearning.Models;

/// <summary>
/// Cuts examples that come without a split into training and test examples. The cut is made within each label of each
/// task, so both parts have the same mixture, and the seed fixes it.
/// </summary>
public static class TrainTestCut
{
    /// <summary>The share of test examples when none is given.</summary>
    public const double DefaultTestShare = 0.2;

    /// <summary>
    /// The same examples in the same order, marked anew. Of n examples of a label in a task, the nearest number to
    /// <c>n * testShare</c> is for testing, at least 1 from n = 2 on and at most n - 1. A label with two or more examples
    /// has a test example, unless each of its examples is all there is of a task. Every task keeps a training example.
    /// </summary>
    public static IReadOnlyList<Example> Apply(
        IReadOnlyList<Example> examples, int seed, double testShare = DefaultTestShare)
    {
        if (testShare is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(testShare), testShare, "Accepted is a share above 0 and below 1.");
        }

        var random = new Random(seed);
        bool[] isTest = new bool[examples.Count];
        foreach (var label in Enumerable.Range(0, examples.Count).GroupBy(i => examples[i].Label, StringComparer.Ordinal))
        {
            foreach (var group in label.GroupBy(i => examples[i].Task, StringComparer.Ordinal))
            {
                MarkSome([.. group], testShare, random, isTest);
            }
        }

        MarkScatteredLabels(examples, random, isTest);
        return [.. examples.Select((example, i) => example with { IsTest = isTest[i] })];
    }

    private static void MarkSome(int[] group, double testShare, Random random, bool[] isTest)
    {
        if (group.Length < 2)
        {
            return;
        }

        int count = Math.Clamp((int)Math.Round(group.Length * testShare), 1, group.Length - 1);
        random.Shuffle(group);
        foreach (int i in group.AsSpan(0, count))
        {
            isTest[i] = true;
        }
    }

    /// <summary>Labels that occur at most once in each task have no test example yet: takes one where the task can spare it.</summary>
    private static void MarkScatteredLabels(IReadOnlyList<Example> examples, Random random, bool[] isTest)
    {
        var trainInTask = Enumerable.Range(0, examples.Count).Where(i => !isTest[i])
            .CountBy(i => examples[i].Task, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        foreach (var label in Enumerable.Range(0, examples.Count).GroupBy(i => examples[i].Label, StringComparer.Ordinal))
        {
            int[] spare = [.. label.Where(i => trainInTask[examples[i].Task] > 1)];
            if (label.Any(i => isTest[i]) || label.Count() < 2 || spare.Length == 0)
            {
                continue;
            }

            int chosen = spare[random.Next(spare.Length)];
            isTest[chosen] = true;
            trainInTask[examples[chosen].Task]--;
        }
    }
}
