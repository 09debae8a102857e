namespace NestedLearning.Tiers;

/// <summary>What was measured when a task ended.</summary>
/// <param name="Correct">The correct answers on each task up to this one, added over the memories that were asked.</param>
/// <param name="Lanes">The lanes whose memories were asked.</param>
internal sealed record RunColumn(int[] Correct, int[] Lanes)
{
    /// <summary>With one more memory's answers; said again they change nothing.</summary>
    public RunColumn With(int lane, IReadOnlyList<int> correct) => Lanes.Contains(lane)
        ? this
        : new RunColumn([.. Correct.Zip(correct, (before, more) => before + more)], [.. Lanes, lane]);
}
