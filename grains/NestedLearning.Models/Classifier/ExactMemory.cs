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

    /// <summary>How many values of a triangle are read, sent, checked and added about as fast as one event is added: measured.</summary>
    private const int ValuesOfAnEvent = 2048;

    private readonly ClassifierSpec _spec;
    private readonly Retention _retention;
    private readonly RidgeSolver _solver;
    private readonly SlowTotals _totals;
    private readonly HashSet<string> _expected = new(StringComparer.Ordinal);
    private ClassTable _classes = new();
    private TensorSet? _solved;

    public ExactMemory(ClassifierSpec spec, int threads)
    {
        _spec = spec;
        Spec = spec.Levels[1];
        _retention = new Retention(spec.HalfLife);
        _solver = new RidgeSolver(spec.Features, threads);
        _totals = new SlowTotals(spec.Features);
    }

    public LevelSpec Spec { get; }

    public long Events { get; private set; }

    public long Clock
    {
        get => _retention.Clock;
        set
        {
            double factor = _retention.MoveTo(value);
            if (factor != 1)
            {
                _totals.Multiply(factor);
            }
        }
    }

    public long StateBytes => (_totals.Gram.Triangle.Length + ((long)_spec.Features * _classes.Count)) * sizeof(double);

    public void Begin(TensorSet parameters, TensorSet statistics)
    {
        SlowBeginning.Check(parameters, statistics, _spec);
        Load(statistics);
    }

    public void CheckBeginning() => SlowBeginning.CheckSums(_totals, _spec, Solve);

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

    public long LeastPart => Math.Max(64, GramMatrix.LengthOf(_spec.Features) / ValuesOfAnEvent);

    public long EventsToAdd(Contribution contribution) =>
        contribution.Tensors.Find(SlowTensors.Gram) is null ? contribution.Events : 0;

    public TensorSet AddUp(IReadOnlyList<Contribution> part) =>
        SlowPart.Of([.. part.Select(contribution => SlowUpdate.Read(contribution, _spec, ClassTable.MaxCount))], _spec.Features).Save();

    public void Absorb(IReadOnlyList<Contribution> round, IReadOnlyList<TensorSet> parts)
    {
        // All that can fail comes before the first sum changes. Classes get the numbers that they get without parts.
        SlowPart[] read = [.. parts.Select(part => SlowPart.Read(part, _spec.Features, _classes.Count))];
        long events = round.Sum(contribution => contribution.Events);
        if (read.Sum(part => part.Events) != events)
        {
            throw new InvalidContributionException(SlowTensors.Counts, "do not add up to the events of the round", $"{events}");
        }

        foreach (SlowUpdate update in Read(round))
        {
            update.NumbersIn(_classes);
        }

        int[][] numbers = Array.ConvertAll(read, part => part.NumbersIn(_classes));
        _totals.Grow(_classes.Count);
        for (int i = 0; i < read.Length; i++)
        {
            _totals.Add(read[i], numbers[i], _retention.Weight(round[0].At));
        }

        Events += events;
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
            new DenseTensor(SlowTensors.Weights, [features, classes], _solver.Solve(_totals.Gram.Triangle.Span, _totals.Cross.Values, _totals.Cross.Stride, classes, ridge)),
            new DenseTensor(SlowTensors.Energies, [features], _totals.Gram.Diagonal(_retention.Scale)),
            new IntegerTensor(SlowTensors.Counts, Enumerable.Range(0, classes).Select(c => CountWithout(c, 0)).ToArray()),
            new TextTensor(SlowTensors.Labels, _classes.Labels.ToArray()),
        ];
    }

    public TensorSet Save()
    {
        int classes = _classes.Count;
        return
        [
            new DoubleTensor(SlowTensors.Gram, [_totals.Gram.Triangle.Length], _totals.Gram.Triangle),
            new DoubleTensor(SlowTensors.Cross, [_spec.Features, classes], _totals.Cross.Packed()),
            new DoubleTensor(SlowTensors.Counts, [classes], _totals.Counts[..classes]),
            new IntegerTensor(SlowTensors.Events, new[] { Events, Clock }),
            new TextTensor(SlowTensors.Labels, _classes.Labels.ToArray()),
        ];
    }

    public void Load(TensorSet state)
    {
        _solved = null;
        _classes = ClassTable.Of(state.Get<TextTensor>(SlowTensors.Labels).Texts);
        _totals.Load(
            state.Get<DoubleTensor>(SlowTensors.Gram).Values.Span,
            state.Get<DoubleTensor>(SlowTensors.Cross).Values.ToArray(),
            state.Get<DoubleTensor>(SlowTensors.Counts).Values.ToArray());
        ReadOnlySpan<long> events = state.Get<IntegerTensor>(SlowTensors.Events).Values.Span;
        Events = events[0];
        _retention.MoveTo(events[1]);
    }

    /// <summary>Adds contributions, or, with a sign of -1, takes them away.</summary>
    private void Add(IReadOnlyList<Contribution> contributions, int sign)
    {
        // All that can fail comes before the first sum changes: either all are added, or none.
        SlowUpdate[] updates = Read(contributions);
        int[][] numbers = Array.ConvertAll(updates, update => update.NumbersIn(_classes));
        _totals.Grow(_classes.Count);
        for (int i = 0; i < updates.Length; i++)
        {
            Events += sign * updates[i].Events;
            _totals.Add(updates[i], numbers[i], sign * _retention.Weight(contributions[i].At));
        }
    }

    private SlowUpdate[] Read(IReadOnlyList<Contribution> contributions) =>
        [.. contributions.Select(contribution => SlowUpdate.Read(contribution, _spec, _classes.Count))];

    /// <summary>
    /// The events of a class as they count now, without a part of them. Rounded up from a millionth on: a class is one that can be the
    /// answer until its last event has faded for twenty half-lives.
    /// </summary>
    private long CountWithout(int c, double weight) => (long)Math.Ceiling(((_totals.Counts.Span[c] - weight) * _retention.Scale) - Millionth);
}
