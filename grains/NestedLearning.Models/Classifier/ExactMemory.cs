using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// The slow level: an associative memory kept as additive statistics <c>A = Σ k kᵀ</c>, <c>B = Σ v kᵀ</c> and counts
/// n_c, whose weights <c>W = (A + λI)⁻¹ Bᵀ</c> minimise <c>Σ‖W ᵀk − v‖² + λ‖W‖²</c> (Nested Learning, Def. 1, with the L2
/// objective; analytic class-incremental learning). Sums commute: neither the order of events nor their partition over
/// sources changes the result. With a half-life, what is older counts less in all three (<see cref="Retention"/>).
/// </summary>
internal sealed partial class ExactMemory : IReversibleLevel
{
    private const double Millionth = 1e-6;

    private readonly ClassifierSpec _spec;
    private readonly Retention _retention;
    private readonly RidgeSolver _solver;
    private readonly GramMatrix _gram;
    private readonly HashSet<string> _expected = new(StringComparer.Ordinal);
    private readonly CrossMatrix _cross;
    private ClassTable _classes = new();
    private double[] _counts = [];
    private TensorSet? _solved;

    public ExactMemory(ClassifierSpec spec, int threads)
    {
        _spec = spec;
        Spec = spec.Levels[1];
        _retention = new Retention(spec.HalfLife);
        _solver = new RidgeSolver(spec.Features, threads);
        _gram = new GramMatrix(spec.Features);
        _cross = new CrossMatrix(spec.Features);
    }

    public LevelSpec Spec { get; }

    public long Events { get; private set; }

    public long Clock
    {
        get => _retention.Clock;
        set => Multiply(_retention.MoveTo(value));
    }

    public long StateBytes => (_gram.Triangle.Length + ((long)_spec.Features * _classes.Count)) * sizeof(double);

    public void Check(Contribution contribution)
    {
        SlowUpdate update = SlowUpdate.Read(contribution, _spec, _classes.Count);
        if (update is SlowSums { IsSemiDefinite: false })
        {
            throw new InvalidContributionException(SlowTensors.Gram, "is no sum of squares", "a semi-definite matrix");
        }

        string[] labels = [.. update.NewLabels.Where(label => !_classes.Contains(label) && !_expected.Contains(label))];
        if (_classes.Count + _expected.Count + labels.Length > ClassTable.MaxCount)
        {
            throw new InvalidContributionException(SlowTensors.Labels, "brings more classes than a level can number", $"{ClassTable.MaxCount} in all");
        }

        _expected.UnionWith(labels);
    }

    public void Absorb(IReadOnlyList<Contribution> round)
    {
        Add(round, 1);
        _expected.Clear();
    }

    public void Release(IReadOnlyList<Contribution> contributions) => Add(contributions, -1);

    public long ClockAfter(long events) => _retention.ClockAfter(events);

    public bool CanGoBackTo(long clock) => _retention.Reaches(clock);

    public TensorSet Solve()
    {
        int features = _spec.Features;
        int classes = _classes.Count;
        float ridge = (float)(_spec.Ridge / _retention.Scale);
        _solved = null;
        return _solved =
        [
            new DenseTensor(SlowTensors.Weights, [features, classes], _solver.Solve(_gram.Triangle.Span, _cross.Values, _cross.Stride, classes, ridge)),
            new DenseTensor(SlowTensors.Energies, [features], _gram.Diagonal(_retention.Scale)),
            new IntegerTensor(SlowTensors.Counts, Enumerable.Range(0, classes).Select(c => CountWithout(c, 0)).ToArray()),
            new TextTensor(SlowTensors.Labels, _classes.Labels.ToArray()),
        ];
    }

    public TensorSet Save()
    {
        int classes = _classes.Count;
        return
        [
            new DoubleTensor(SlowTensors.Gram, [_gram.Triangle.Length], _gram.Triangle),
            new DoubleTensor(SlowTensors.Cross, [_spec.Features, classes], _cross.Packed()),
            new DoubleTensor(SlowTensors.Counts, [classes], _counts[..classes]),
            new IntegerTensor(SlowTensors.Events, new[] { Events, Clock }),
            new TextTensor(SlowTensors.Labels, _classes.Labels.ToArray()),
        ];
    }

    public void Load(TensorSet state)
    {
        _solved = null;
        _classes = ClassTable.Of(state.Get<TextTensor>(SlowTensors.Labels).Texts);
        _cross.Load(state.Get<DoubleTensor>(SlowTensors.Cross).Values.ToArray(), _classes.Count);
        _counts = state.Get<DoubleTensor>(SlowTensors.Counts).Values.ToArray();
        _gram.Load(state.Get<DoubleTensor>(SlowTensors.Gram).Values.Span);
        ReadOnlySpan<long> events = state.Get<IntegerTensor>(SlowTensors.Events).Values.Span;
        Events = events[0];
        _retention.MoveTo(events[1]);
    }

    /// <summary>Adds contributions, or, with a sign of -1, takes them away.</summary>
    private void Add(IReadOnlyList<Contribution> contributions, int sign)
    {
        // All that can fail comes before the first sum changes: either all are added, or none.
        SlowUpdate[] updates = [.. contributions.Select(contribution => SlowUpdate.Read(contribution, _spec, _classes.Count))];
        int[][] numbers = Array.ConvertAll(updates, update => update.NumbersIn(_classes));
        EnsureClasses();
        for (int i = 0; i < updates.Length; i++)
        {
            Events += sign * updates[i].Events;
            Add(updates[i], numbers[i], sign * _retention.Weight(contributions[i].At));
        }
    }

    private void Add(SlowUpdate update, int[] numbers, double weight)
    {
        switch (update)
        {
            case SlowEvents events:
                AddEvents(events, numbers, weight);
                break;
            case SlowSums sums:
                AddSums(sums, numbers, weight);
                break;
        }
    }

    private void AddEvents(SlowEvents update, int[] numbers, double weight)
    {
        _gram.Add(update.Keys, weight);
        for (int i = 0; i < update.Keys.Rows; i++)
        {
            int y = numbers[update.Classes.Span[i]];
            _cross.Add(update.Keys[i], y, update.Targets?[i] ?? default, numbers, weight);
            _counts[y] += weight;
        }
    }

    private void AddSums(SlowSums update, int[] numbers, double weight)
    {
        _gram.Add(update.Gram.Triangle.Span, weight);
        _cross.Add(update.Cross.Span, numbers, weight);
        for (int c = 0; c < numbers.Length; c++)
        {
            _counts[numbers[c]] += weight * update.Counts.Span[c];
        }
    }

    private void Multiply(double factor)
    {
        if (factor != 1)
        {
            _gram.Multiply(factor);
            _cross.Multiply(factor);
            Float64.Scale(factor, _counts);
        }
    }

    /// <summary>
    /// The events of a class as they count now, without a part of them. Rounded up from a millionth on: a class is one that can be the
    /// answer until its last event has faded for twenty half-lives.
    /// </summary>
    private long CountWithout(int c, double weight) => (long)Math.Ceiling(((_counts[c] - weight) * _retention.Scale) - Millionth);

    private void EnsureClasses()
    {
        _cross.Grow(_classes.Count);
        if (_counts.Length < _cross.Stride)
        {
            Array.Resize(ref _counts, _cross.Stride);
        }
    }
}
