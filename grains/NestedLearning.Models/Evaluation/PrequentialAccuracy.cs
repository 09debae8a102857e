namespace NestedLearning.Models;

/// <summary>Counts answers that were given before their event was learned.</summary>
public sealed class PrequentialAccuracy
{
    /// <summary>The number of answers.</summary>
    public long Answers { get; private set; }

    /// <summary>The number of correct answers.</summary>
    public long Correct { get; private set; }

    /// <summary>The share of correct answers; 0 before the first.</summary>
    public double Value => Answers == 0 ? 0 : (double)Correct / Answers;

    /// <summary>Counts one answer.</summary>
    public void Add(bool correct)
    {
        Answers++;
        Correct += correct ? 1 : 0;
    }
}
