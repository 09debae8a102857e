using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// A contribution to the exact level, read and checked, in either of its forms: the events themselves or their sums. The sender
/// numbers <paramref name="KnownClasses"/> classes as the level does, and those of <paramref name="NewLabels"/> after them.
/// </summary>
internal abstract record SlowUpdate(int KnownClasses, IReadOnlyList<string> NewLabels)
{
    /// <summary>The L2 norm of a key: twice what a memory accepts, as coding a key in eight bits can lengthen it by half.</summary>
    internal const double MaxNorm = 2 * ClassifierSpec.MaxKeyNorm;

    /// <summary>The number of events behind it.</summary>
    public abstract long Events { get; }

    /// <summary>Reads a contribution for a level that numbers <paramref name="levelClasses"/> classes so far.</summary>
    /// <exception cref="InvalidContributionException">A tensor is missing, or does not fit the level or the others.</exception>
    public static SlowUpdate Read(Contribution contribution, ClassifierSpec spec, int levelClasses)
    {
        int known = ReadKnown(contribution, levelClasses);
        IReadOnlyList<string> labels = ReadLabels(contribution, known);
        return contribution.Tensors.Find(SlowTensors.Gram) is null
            ? SlowEvents.Read(contribution, spec, known, labels)
            : SlowSums.Read(contribution, spec, known, labels);
    }

    /// <summary>For each class number of a sender the level's own; classes that are new to the level are added.</summary>
    public static int[] NumbersIn(ClassTable table, int knownClasses, IReadOnlyList<string> newLabels)
    {
        int[] numbers = new int[knownClasses + newLabels.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = i < knownClasses ? i : table.Number(newLabels[i - knownClasses]);
        }

        return numbers;
    }

    /// <summary>For each class number of the sender the level's own; classes that are new to the level are added.</summary>
    public int[] NumbersIn(ClassTable table) => NumbersIn(table, KnownClasses, NewLabels);

    /// <summary>
    /// The same where the level's table is not at hand: so many of its classes keep their numbers, and labels have those after them.
    /// </summary>
    public int[] NumbersAfter(int known, ClassTable others)
    {
        int[] numbers = NumbersIn(others);
        for (int i = KnownClasses; i < numbers.Length; i++)
        {
            numbers[i] += known;
        }

        return numbers;
    }

    protected static T Find<T>(Contribution contribution, string name)
        where T : NamedTensor =>
        contribution.Tensors.Find(name) as T
        ?? throw new InvalidContributionException(name, "is missing or of another kind", typeof(T).Name);

    protected static void Require(bool holds, string tensor, string problem, string accepted)
    {
        if (!holds)
        {
            throw new InvalidContributionException(tensor, problem, accepted);
        }
    }

    private static int ReadKnown(Contribution contribution, int levelClasses)
    {
        ReadOnlySpan<long> known = Find<IntegerTensor>(contribution, SlowTensors.KnownClasses).Values.Span;
        Require(known.Length == 1 && known[0] >= 0 && known[0] <= levelClasses, SlowTensors.KnownClasses, "counts classes that the level does not know", $"one value up to {levelClasses}");
        return (int)known[0];
    }

    private static IReadOnlyList<string> ReadLabels(Contribution contribution, int known)
    {
        IReadOnlyList<string> labels = Find<TextTensor>(contribution, SlowTensors.Labels).Texts;
        Require(labels.All(label => label.Length is > 0 and <= ClassifierSpec.MaxLabelLength), SlowTensors.Labels, "holds an empty or long label", $"1 to {ClassifierSpec.MaxLabelLength} characters");
        Require(known + labels.Count <= ClassTable.MaxCount, SlowTensors.Labels, $"brings the classes to {known + labels.Count}", $"at most {ClassTable.MaxCount}");
        return labels;
    }
}
