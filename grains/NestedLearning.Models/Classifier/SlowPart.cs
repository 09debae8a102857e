using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// What a part of a round adds to the exact level, in float64: <c>A = Σ k kᵀ</c>, <c>Bᵀ = Σ k vᵀ</c> and the counts n_c of its events,
/// added from zero in their order. The first <paramref name="KnownClasses"/> classes are numbered as the level does, those of
/// <paramref name="NewLabels"/> after them.
/// </summary>
/// <param name="Triangle">The lower triangle of A, row by row.</param>
/// <param name="Cross">Bᵀ, [features, classes].</param>
/// <param name="Counts">The events of each class.</param>
/// <param name="KnownClasses">The classes that have the level's numbers.</param>
/// <param name="NewLabels">The labels of the others.</param>
internal sealed record SlowPart(
    ReadOnlyMemory<double> Triangle,
    ReadOnlyMemory<double> Cross,
    ReadOnlyMemory<double> Counts,
    int KnownClasses,
    IReadOnlyList<string> NewLabels)
{
    /// <summary>How many events they are.</summary>
    public double Events
    {
        get
        {
            double events = 0;
            foreach (double count in Counts.Span)
            {
                events += count;
            }

            return events;
        }
    }

    /// <summary>Adds updates up, which may number different classes as the level does.</summary>
    public static SlowPart Of(IReadOnlyList<SlowUpdate> updates, int features)
    {
        int known = updates.Max(update => update.KnownClasses);
        ClassTable others = new();
        int[][] numbers = [.. updates.Select(update => update.NumbersAfter(known, others))];
        SlowTotals totals = new(features);
        totals.Grow(known + others.Count);
        for (int i = 0; i < updates.Count; i++)
        {
            totals.Add(updates[i], numbers[i], 1);
        }

        return new SlowPart(totals.Gram.Triangle, totals.Cross.Packed(), totals.Counts[..(known + others.Count)], known, [.. others.Labels]);
    }

    /// <summary>Reads what <see cref="Save"/> made, for a level that numbers <paramref name="levelClasses"/> classes so far.</summary>
    /// <exception cref="InvalidContributionException">A tensor does not fit the level or the others.</exception>
    public static SlowPart Read(TensorSet part, int features, int levelClasses)
    {
        ReadOnlyMemory<double> triangle = part.Get<DoubleTensor>(SlowTensors.Gram).Values;
        ReadOnlyMemory<double> cross = part.Get<DoubleTensor>(SlowTensors.Cross).Values;
        ReadOnlyMemory<double> counts = part.Get<DoubleTensor>(SlowTensors.Counts).Values;
        long known = part.Get<IntegerTensor>(SlowTensors.KnownClasses).Values.Span[0];
        IReadOnlyList<string> labels = part.Get<TextTensor>(SlowTensors.Labels).Texts;
        Require(known >= 0 && known <= levelClasses, SlowTensors.KnownClasses, $"is {known}", $"0 to {levelClasses}");
        Require(counts.Length == known + labels.Count, SlowTensors.Counts, $"has {counts.Length} values", $"one for each of {known + labels.Count} classes");
        Require(triangle.Length == GramMatrix.LengthOf(features), SlowTensors.Gram, $"has {triangle.Length} values", $"{GramMatrix.LengthOf(features)}");
        Require(cross.Length == (long)features * counts.Length, SlowTensors.Cross, $"has {cross.Length} values", $"{(long)features * counts.Length}");
        return new SlowPart(triangle, cross, counts, (int)known, labels);
    }

    /// <summary>As tensors.</summary>
    public TensorSet Save() =>
    [
        new DoubleTensor(SlowTensors.Gram, [Triangle.Length], Triangle),
        new DoubleTensor(SlowTensors.Cross, [Cross.Length], Cross),
        new DoubleTensor(SlowTensors.Counts, [Counts.Length], Counts),
        new IntegerTensor(SlowTensors.KnownClasses, new[] { (long)KnownClasses }),
        new TextTensor(SlowTensors.Labels, NewLabels),
    ];

    /// <summary>For each class number of the part the level's own; classes that are new to the level are added.</summary>
    public int[] NumbersIn(ClassTable table) => SlowUpdate.NumbersIn(table, KnownClasses, NewLabels);

    private static void Require(bool holds, string tensor, string problem, string accepted)
    {
        if (!holds)
        {
            throw new InvalidContributionException(tensor, problem, accepted);
        }
    }
}
