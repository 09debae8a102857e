using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>A contribution by sums: the triangle of <c>A = Σ k kᵀ</c>, Bᵀ as [features, classes], and the counts n_c.</summary>
/// <remarks>
/// However many events it stands for, it is as long; so it is the shorter form once there are many. What an event could not
/// have added is refused: no sum of squares is negative, and none of B is beyond what A allows.
/// </remarks>
internal sealed record SlowSums(
    SymmetricTensor Gram, ReadOnlyMemory<float> Cross, ReadOnlyMemory<long> Counts, int KnownClasses, IReadOnlyList<string> NewLabels)
    : SlowUpdate(KnownClasses, NewLabels)
{
    private const double Rounding = 1.01;

    public override long Events => Total(Counts.Span);

    /// <summary>Whether A is one that events can make; costs as much as a fold.</summary>
    public bool IsSemiDefinite => SemiDefinite.Holds(Gram.Triangle.Span, Gram.Size);

    /// <summary>The sums of events that travel as <paramref name="body"/> otherwise.</summary>
    public static ContributionSums Of(TensorSet body, int features, int classes) =>
        new(sizeof(float) * (((long)features * (features + 1) / 2) + ((long)features * classes)), () => Add(body, features, classes));

    /// <exception cref="InvalidContributionException">A tensor is missing, or does not fit the level or the others.</exception>
    public static SlowSums Read(Contribution contribution, ClassifierSpec spec, int known, IReadOnlyList<string> labels)
    {
        SymmetricTensor gram = Find<SymmetricTensor>(contribution, SlowTensors.Gram);
        DenseTensor cross = Find<DenseTensor>(contribution, SlowTensors.Cross);
        ReadOnlyMemory<long> counts = Find<IntegerTensor>(contribution, SlowTensors.Counts).Values;
        int total = known + labels.Count;

        Require(gram.Size == spec.Features, SlowTensors.Gram, $"has {gram.Size} rows", $"{spec.Features}");
        Require(cross.Shape.SequenceEqual([spec.Features, total]), SlowTensors.Cross, $"has the shape [{string.Join(", ", cross.Shape)}]", $"[{spec.Features}, {total}]");
        Require(counts.Length == total, SlowTensors.Counts, $"has {counts.Length} values", $"one for each of {total} classes");
        Require(Total(counts.Span) == contribution.Events, SlowTensors.Counts, "does not add up to the events", $"{contribution.Events}");
        Require(AreEnergies(gram, contribution.Events), SlowTensors.Gram, "has a diagonal that its events cannot have", $"0 to {MaxNorm * MaxNorm} an event");
        Require(AreWithin(gram, cross, contribution.Events), SlowTensors.Cross, "holds a value that its events cannot have", $"targets up to {ClassifierSpec.MaxTarget}");
        return new SlowSums(gram, cross.Values, counts, known, labels);
    }

    private static TensorSet Add(TensorSet body, int features, int classes)
    {
        SparseRows keys = body.Get<SparseTensor>(SlowTensors.Keys).Rows;
        SparseRows? targets = (body.Find(SlowTensors.Targets) as SparseTensor)?.Rows;
        ReadOnlyMemory<long> labels = body.Get<IntegerTensor>(SlowTensors.Classes).Values;
        SlowTotals totals = new(features);
        totals.Grow(classes);
        SlowEvents events = new(keys, labels, targets, classes, []);
        totals.Add(events, [.. Enumerable.Range(0, classes)], 1);
        return
        [
            new SymmetricTensor(SlowTensors.Gram, features, Array.ConvertAll(totals.Gram.Triangle.ToArray(), value => (float)value)),
            new DenseTensor(SlowTensors.Cross, [features, classes], Array.ConvertAll(totals.Cross.Packed(), value => (float)value)),
            new IntegerTensor(SlowTensors.Counts, Array.ConvertAll(totals.Counts[..classes].ToArray(), count => (long)count)),
            body.Get<IntegerTensor>(SlowTensors.KnownClasses),
            body.Get<TextTensor>(SlowTensors.Labels),
        ];
    }

    /// <summary>The sum of the counts, or -1 when one of them is none.</summary>
    private static long Total(ReadOnlySpan<long> counts)
    {
        long total = 0;
        foreach (long count in counts)
        {
            if (count < 0 || total > long.MaxValue - count)
            {
                return -1;
            }

            total += count;
        }

        return total;
    }

    private static bool AreEnergies(SymmetricTensor gram, long events)
    {
        double largest = events * MaxNorm * MaxNorm * Rounding;
        for (int row = 0; row < gram.Size; row++)
        {
            float energy = Energy(gram, row);
            if (!(energy >= 0 && energy <= largest))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>By Cauchy and Schwarz, <c>|Σ v k_j| ≤ sqrt(Σ v²) sqrt(Σ k_j²)</c>.</summary>
    private static bool AreWithin(SymmetricTensor gram, DenseTensor cross, long events)
    {
        int classes = cross.Shape[1];
        for (int row = 0; row < gram.Size; row++)
        {
            float limit = (float)(ClassifierSpec.MaxTarget * Math.Sqrt((double)events * Energy(gram, row)) * Rounding);
            if (cross.Values.Span.Slice(row * classes, classes).ContainsAnyExceptInRange(-limit, limit))
            {
                return false;
            }
        }

        return true;
    }

    private static float Energy(SymmetricTensor gram, int row) => gram.Triangle.Span[(row * (row + 1) / 2) + row];
}
