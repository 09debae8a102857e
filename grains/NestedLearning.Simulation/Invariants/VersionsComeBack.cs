using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>A version that is published again has the sums that it had: to the bit but for B, which real numbers are taken away from.</summary>
internal sealed class VersionsComeBack(RunPlan plan) : Invariant
{
    private const double Tolerance = 1e-9;

    private readonly Dictionary<long, TensorSet> _sums = [];

    public override string Promise => "a version that is published again is as it was";

    public override string? OnLevelSaved(DurableWorld durable)
    {
        DurableLevel level = durable.Level;
        if (plan.Operations.Count == 0 || !_sums.TryAdd(level.Version.Number, level.Sums) || level.Lineage.Count == 0)
        {
            return null;
        }

        LineageEntry entry = level.Lineage[^1];
        return entry.Outcome == FoldOutcome.RolledBack && _sums.TryGetValue(entry.Of!.Value, out TensorSet? before)
            ? Compare(entry, before, level.Sums)
            : null;
    }

    private static string? Compare(LineageEntry entry, TensorSet before, TensorSet now)
    {
        bool areSame = Values(before, "gram").SequenceEqual(Values(now, "gram"))
            && AreSame(Values(before, "counts"), Values(now, "counts"), 1, 0)
            && AreSame(Values(before, "cross"), Values(now, "cross"), EventCode.Features, Tolerance);
        return areSame ? null : $"version {entry.Version} publishes version {entry.Of} again, and has other sums";
    }

    /// <summary>Classes that came since are at the end of each row, with nothing in them.</summary>
    private static bool AreSame(ReadOnlySpan<double> before, ReadOnlySpan<double> now, int rows, double tolerance)
    {
        (int had, int has) = (before.Length / rows, now.Length / rows);
        for (int i = 0; i < now.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, Math.Max(has, 1));
            double expected = column < had ? before[(row * had) + column] : 0;
            if (Math.Abs(now[i] - expected) > tolerance * (1 + Math.Abs(expected)))
            {
                return false;
            }
        }

        return had <= has;
    }

    private static ReadOnlySpan<double> Values(TensorSet sums, string name) => sums.Get<DoubleTensor>(name).Values.Span;
}
