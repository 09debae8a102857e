using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>A contribution by events: keys, their classes, and targets of other classes.</summary>
internal sealed record SlowEvents(
    SparseRows Keys, ReadOnlyMemory<long> Classes, SparseRows? Targets, int KnownClasses, IReadOnlyList<string> NewLabels)
    : SlowUpdate(KnownClasses, NewLabels)
{
    public override long Events => Keys.Rows;

    /// <exception cref="InvalidContributionException">A tensor is missing, or does not fit the level or the others.</exception>
    public static SlowEvents Read(Contribution contribution, ClassifierSpec spec, int known, IReadOnlyList<string> labels)
    {
        SparseRows keys = Find<SparseTensor>(contribution, SlowTensors.Keys).Rows;
        ReadOnlyMemory<long> classes = Find<IntegerTensor>(contribution, SlowTensors.Classes).Values;
        SparseRows? targets = (contribution.Tensors.Find(SlowTensors.Targets) as SparseTensor)?.Rows;
        int total = known + labels.Count;

        Require(keys.Columns == spec.Features, SlowTensors.Keys, $"has {keys.Columns} columns", $"{spec.Features}");
        Require(keys.Rows == contribution.Events, SlowTensors.Keys, $"has {keys.Rows} rows", $"one for each of {contribution.Events} events");
        Require(classes.Length == keys.Rows, SlowTensors.Classes, $"has {classes.Length} values", $"one for each of {keys.Rows} rows");
        Require(AllBelow(classes.Span, total), SlowTensors.Classes, "names a class that does not exist", $"0 to {total - 1}");
        Require(targets is null || (targets.Rows == keys.Rows && targets.Columns == total), SlowTensors.Targets, "does not fit the keys and classes", $"[{keys.Rows}, {total}]");
        Require(AreWithin(keys, MaxNorm), SlowTensors.Keys, "holds a key that is too long or not finite", $"L2 norms up to {MaxNorm}");
        Require(targets is null || AreTargets(targets.Values), SlowTensors.Targets, "holds a target that is too large or not finite", $"magnitudes up to {ClassifierSpec.MaxTarget}");
        return new SlowEvents(keys, classes, targets, known, labels);
    }

    /// <summary>The targets of an event by other numbers of the classes.</summary>
    public SparseVector TargetsOf(int row, int[] numbers)
    {
        if (Targets is null)
        {
            return default;
        }

        ushort[] indices = Array.ConvertAll(Targets[row].Indices.ToArray(), index => (ushort)numbers[index]);
        float[] values = Targets[row].Values.ToArray();
        Array.Sort(indices, values);
        return new SparseVector(indices, values);
    }

    private static bool AllBelow(ReadOnlySpan<long> values, int limit)
    {
        foreach (long value in values)
        {
            if (value < 0 || value >= limit)
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreWithin(SparseRows rows, double norm)
    {
        for (int row = 0; row < rows.Rows; row++)
        {
            if (!ClassifierGuard.IsWithin(rows[row].Values.Span, norm))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreTargets(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!(MathF.Abs(value) <= ClassifierSpec.MaxTarget))
            {
                return false;
            }
        }

        return true;
    }
}
