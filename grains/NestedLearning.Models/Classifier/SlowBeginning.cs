using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// What an exact level may begin with: a version of another level, and the statistics that it goes on learning from. They come from
/// outside, so nothing of them is trusted.
/// </summary>
internal static class SlowBeginning
{
    /// <summary>The most events that float64 counts one by one.</summary>
    private const long MaxEvents = 1L << 53;

    /// <summary>What counts and energies may be off by, as a part of their sum: additions and removals of fading sums are rounded.</summary>
    private const double Rounding = 1e-6;

    /// <summary>What is left in float64 of features whose events were taken out again, as a part of the largest energy, or of 1.</summary>
    private const double Residue = 1e-9;

    /// <summary>Within a half-life, what is about to be halved counts up to twice (<see cref="Retention"/>).</summary>
    private const double MostWeight = 2;

    /// <summary>Refuses what does not fit the spec, or each other. It costs a pass over the values.</summary>
    /// <exception cref="InvalidInputException">The first thing that does not fit.</exception>
    public static void Check(TensorSet parameters, TensorSet statistics, ClassifierSpec spec)
    {
        Require(statistics.Count > 0, $"have no statistics for '{ClassifierSpec.SlowLevel}', which it goes on learning from", "a checkpoint with statistics");
        IReadOnlyList<string> known = Find<TextTensor>(parameters, SlowTensors.Labels).Texts;
        IReadOnlyList<string> labels = Find<TextTensor>(statistics, SlowTensors.Labels).Texts;
        CheckLabels(known, labels);
        CheckVersion(parameters, spec, known.Count);

        DoubleTensor gram = Find<DoubleTensor>(statistics, SlowTensors.Gram);
        DoubleTensor cross = Find<DoubleTensor>(statistics, SlowTensors.Cross);
        DoubleTensor counts = Find<DoubleTensor>(statistics, SlowTensors.Counts);
        RequireShape(gram.Name, gram.Shape, GramMatrix.LengthOf(spec.Features));
        RequireShape(cross.Name, cross.Shape, spec.Features, labels.Count);
        RequireShape(counts.Name, counts.Shape, labels.Count);
        long events = ReadEvents(statistics, spec);
        CheckCounts(counts.Values.Span, events, spec.HalfLife is not null);
        double most = MostWeight * Math.Max(1, events) * SlowUpdate.MaxNorm;
        CheckWithin(gram, most * SlowUpdate.MaxNorm);
        CheckWithin(cross, most * ClassifierSpec.MaxTarget);
    }

    /// <summary>Refuses sums that no events can have made: by their A, which is positive semidefinite then, and by what the level solves for.</summary>
    /// <param name="totals">The sums.</param>
    /// <param name="spec">The level's settings.</param>
    /// <param name="solve">Solves for the weights.</param>
    /// <exception cref="InvalidInputException">None can.</exception>
    public static void CheckSums(SlowTotals totals, ClassifierSpec spec, Func<TensorSet> solve)
    {
        ReadOnlySpan<double> triangle = totals.Gram.Triangle.Span;
        float[] energies = totals.Gram.Diagonal(1);
        double floor = Residue * Math.Max(energies.Max(), 1);
        float[] lifted = new float[triangle.Length];
        for (int row = 0, i = 0; row < spec.Features; row++)
        {
            for (int column = 0; column <= row; column++, i++)
            {
                lifted[i] = (float)(triangle[i] + (column == row ? floor : 0));
            }
        }

        Require(
            SemiDefinite.Holds(lifted, spec.Features),
            $"have a '{SlowTensors.Gram}' that is no sum of squares",
            "a positive semidefinite A = Σ k kᵀ");
        bool isSolved = true;
        try
        {
            isSolved = Vectors.AllFinite(solve().Get<DenseTensor>(SlowTensors.Weights).Values.Span);
        }
        catch (NotPositiveDefiniteException)
        {
            isSolved = false;
        }

        Require(isSolved, FormattableString.Invariant($"have statistics that give no weights with the ridge {spec.Ridge}"), "A + λI with a Cholesky factor, and finite weights");
    }

    private static void CheckLabels(IReadOnlyList<string> known, IReadOnlyList<string> labels)
    {
        Require(labels.Count <= ClassTable.MaxCount, $"have {labels.Count} classes", $"up to {ClassTable.MaxCount}");
        Require(known.Count <= labels.Count && known.SequenceEqual(labels.Take(known.Count)), "have a version of other classes than its statistics", "the same ones in the same order; the statistics may have more after them");
        HashSet<string> distinct = new(StringComparer.Ordinal);
        foreach (string label in labels.Select(label => label ?? ""))
        {
            Require(label.Length is > 0 and <= ClassifierSpec.MaxLabelLength, $"have a label of {label.Length} characters", $"1 to {ClassifierSpec.MaxLabelLength}");
            Require(ClassifierGuard.IsText(label), "have a label with half a surrogate pair", "whole characters");
            Require(distinct.Add(label), $"have the class '{label}' twice", "each once");
        }
    }

    private static void CheckVersion(TensorSet parameters, ClassifierSpec spec, int classes)
    {
        DenseTensor weights = Find<DenseTensor>(parameters, SlowTensors.Weights);
        DenseTensor energies = Find<DenseTensor>(parameters, SlowTensors.Energies);
        ReadOnlySpan<long> counts = Find<IntegerTensor>(parameters, SlowTensors.Counts).Values.Span;
        RequireShape(weights.Name, weights.Shape, spec.Features, classes);
        RequireShape(energies.Name, energies.Shape, spec.Features);
        Require(counts.Length == classes, $"have {counts.Length} values in '{SlowTensors.Counts}'", $"{classes}, one for each class");
        Require(!counts.ContainsAnyExceptInRange(0, MaxEvents), $"have a value in '{SlowTensors.Counts}' that is no number of events", $"0 to {MaxEvents}");
        Require(Vectors.AllFinite(weights.Values.Span), $"have NaN or infinity in '{weights.Name}'", "finite numbers");
        Require(Vectors.AllFinite(energies.Values.Span), $"have NaN or infinity in '{energies.Name}'", "finite numbers");
    }

    private static long ReadEvents(TensorSet statistics, ClassifierSpec spec)
    {
        ReadOnlySpan<long> values = Find<IntegerTensor>(statistics, SlowTensors.Events).Values.Span;
        Require(values.Length == 2, $"have {values.Length} values in '{SlowTensors.Events}'", "2, the events and the clock");
        Require(values[0] is >= 0 and <= MaxEvents, $"have {values[0]} events", $"0 to {MaxEvents}");
        Require(values[1] is >= 0 and <= MaxEvents, $"have a clock at {values[1]}", $"0 to {MaxEvents}");
        Require(values[1] == 0 || spec.HalfLife is not null, $"have a clock at {values[1]}, and a model whose statistics do not fade", "0, or a model with that half-life");
        return values[0];
    }

    private static void CheckCounts(ReadOnlySpan<double> counts, long events, bool mayFade)
    {
        double sum = 0;
        double slack = Rounding * Math.Max(1, events);
        foreach (double count in counts)
        {
            Require(count >= -slack, FormattableString.Invariant($"have {count} in '{SlowTensors.Counts}' of the statistics"), "numbers of events");
            sum += count;
        }

        bool addsUp = mayFade ? sum <= (MostWeight * events) + slack : Math.Abs(sum - events) <= slack;
        Require(addsUp, FormattableString.Invariant($"have '{SlowTensors.Counts}' that add up to {sum}"), FormattableString.Invariant($"{events}{(mayFade ? " or less, up to twice within a half-life" : "")}"));
    }

    private static void CheckWithin(DoubleTensor tensor, double limit)
    {
        ReadOnlySpan<double> values = tensor.Values.Span;
        for (int i = 0; i < values.Length; i++)
        {
            if (!(Math.Abs(values[i]) <= limit))
            {
                throw new InvalidInputException(
                    "levels", FormattableString.Invariant($"have {values[i]} as value {i} of '{tensor.Name}'"), FormattableString.Invariant($"magnitudes up to {limit}, which its events allow"));
            }
        }
    }

    private static void RequireShape(string name, IReadOnlyList<int> shape, params int[] accepted) =>
        Require(shape.SequenceEqual(accepted), $"have '{name}' of the shape [{string.Join(", ", shape)}]", $"[{string.Join(", ", accepted)}]");

    private static T Find<T>(TensorSet tensors, string name)
        where T : NamedTensor =>
        tensors.Find(name) as T ?? throw new InvalidInputException("levels", $"have no '{name}', or one of another kind", typeof(T).Name);

    private static void Require(bool holds, string problem, string accepted)
    {
        if (!holds)
        {
            throw new InvalidInputException("levels", problem, accepted);
        }
    }
}
