using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>A contribution to the exact level, read and checked: keys, their classes, and targets of other classes.</summary>
internal sealed record SlowContribution(
    SparseRows Keys, ReadOnlyMemory<long> Classes, SparseRows? Targets, int KnownClasses, IReadOnlyList<string> NewLabels)
{
    /// <summary>Twice what a memory accepts: coding a key in eight bits can lengthen it by half.</summary>
    private const double MaxNorm = 2 * ClassifierSpec.MaxKeyNorm;

    /// <summary>Reads a contribution for a level that numbers <paramref name="levelClasses"/> classes so far.</summary>
    /// <exception cref="InvalidContributionException">A tensor is missing, or does not fit the level or the others.</exception>
    public static SlowContribution Read(Contribution contribution, ClassifierSpec spec, int levelClasses)
    {
        SparseRows keys = Find<SparseTensor>(contribution, SlowTensors.Keys).Rows;
        ReadOnlyMemory<long> classes = Find<IntegerTensor>(contribution, SlowTensors.Classes).Values;
        ReadOnlyMemory<long> known = Find<IntegerTensor>(contribution, SlowTensors.KnownClasses).Values;
        IReadOnlyList<string> labels = Find<TextTensor>(contribution, SlowTensors.Labels).Texts;
        SparseRows? targets = (contribution.Tensors.Find(SlowTensors.Targets) as SparseTensor)?.Rows;

        Require(keys.Columns == spec.Features, SlowTensors.Keys, $"has {keys.Columns} columns", $"{spec.Features}");
        Require(keys.Rows == contribution.Events, SlowTensors.Keys, $"has {keys.Rows} rows", $"one for each of {contribution.Events} events");
        Require(known.Length == 1 && known.Span[0] >= 0 && known.Span[0] <= levelClasses, SlowTensors.KnownClasses, "counts classes that the level does not know", $"one value up to {levelClasses}");
        Require(labels.All(label => label.Length is > 0 and <= ClassifierSpec.MaxLabelLength), SlowTensors.Labels, "holds an empty or long label", $"1 to {ClassifierSpec.MaxLabelLength} characters");
        Require(known.Span[0] + labels.Count <= ClassTable.MaxCount, SlowTensors.Labels, $"brings the classes to {known.Span[0] + labels.Count}", $"at most {ClassTable.MaxCount}");
        int total = (int)known.Span[0] + labels.Count;
        Require(classes.Length == keys.Rows, SlowTensors.Classes, $"has {classes.Length} values", $"one for each of {keys.Rows} rows");
        Require(AllBelow(classes.Span, total), SlowTensors.Classes, "names a class that does not exist", $"0 to {total - 1}");
        Require(targets is null || (targets.Rows == keys.Rows && targets.Columns == total), SlowTensors.Targets, "does not fit the keys and classes", $"[{keys.Rows}, {total}]");
        Require(AreWithin(keys, MaxNorm), SlowTensors.Keys, "holds a key that is too long or not finite", $"L2 norms up to {MaxNorm}");
        Require(targets is null || AreTargets(targets.Values), SlowTensors.Targets, "holds a target that is too large or not finite", $"magnitudes up to {ClassifierSpec.MaxTarget}");
        return new SlowContribution(keys, classes, targets, (int)known.Span[0], labels);
    }

    /// <summary>For each class number of the sender the level's own; classes that are new to the level are added.</summary>
    public int[] NumbersIn(ClassTable table)
    {
        int[] numbers = new int[KnownClasses + NewLabels.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = i < KnownClasses ? i : table.Number(NewLabels[i - KnownClasses]);
        }

        return numbers;
    }

    private static T Find<T>(Contribution contribution, string name)
        where T : NamedTensor =>
        contribution.Tensors.Find(name) as T
        ?? throw new InvalidContributionException(name, "is missing or of another kind", typeof(T).Name);

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

    private static void Require(bool holds, string tensor, string problem, string accepted)
    {
        if (!holds)
        {
            throw new InvalidContributionException(tensor, problem, accepted);
        }
    }
}
