namespace NestedLearning.Tiers;

/// <summary>The memories that could not do what a schedule asked of them; the others have.</summary>
/// <param name="Failed">How many they are.</param>
/// <param name="First">Why the first one failed.</param>
public readonly record struct MemoryFailures(int Failed, string? First)
{
    /// <summary>These and those.</summary>
    public static MemoryFailures operator +(MemoryFailures left, MemoryFailures right) =>
        new(left.Failed + right.Failed, left.First ?? right.First);

    /// <exception cref="MemoriesFailedException">There is one.</exception>
    public void ThrowIfAny()
    {
        if (First is not null)
        {
            throw new MemoriesFailedException(Failed, First);
        }
    }
}

/// <summary>Some memories could not do what a schedule asked of them; the others have.</summary>
public sealed class MemoriesFailedException(int failed, string first)
    : NestedLearningException($"{Words.Memories(failed)} failed, the first because: {first}")
{
    /// <summary>How many failed.</summary>
    public int Failed { get; } = failed;
}
