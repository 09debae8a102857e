using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// The slow level: an associative memory kept as additive statistics <c>A = Σ k kᵀ</c>, <c>B = Σ v kᵀ</c> and counts
/// n_c, whose weights <c>W = (A + λI)⁻¹ Bᵀ</c> minimise <c>Σ‖W ᵀk − v‖² + λ‖W‖²</c> (Nested Learning, Def. 1, with the L2
/// objective; analytic class-incremental learning). Sums commute: neither the order of events nor their partition over
/// sources changes the result.
/// </summary>
internal sealed class ExactMemory : ISharedLevel
{
    private readonly ClassifierSpec _spec;
    private readonly RidgeSolver _solver;
    private readonly GramMatrix _gram;
    private readonly HashSet<string> _expected = new(StringComparer.Ordinal);
    private readonly CrossMatrix _cross;
    private ClassTable _classes = new();
    private long[] _counts = [];

    public ExactMemory(ClassifierSpec spec, int threads)
    {
        _spec = spec;
        Spec = spec.Levels[1];
        _solver = new RidgeSolver(spec.Features, spec.Ridge, threads);
        _gram = new GramMatrix(spec.Features);
        _cross = new CrossMatrix(spec.Features);
    }

    public LevelSpec Spec { get; }

    public long Events { get; private set; }

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
        // All that can fail comes before the first sum changes: a round is absorbed whole or not at all.
        SlowUpdate[] updates = [.. round.Select(contribution => SlowUpdate.Read(contribution, _spec, _classes.Count))];
        int[][] numbers = Array.ConvertAll(updates, update => update.NumbersIn(_classes));
        EnsureClasses();
        for (int i = 0; i < updates.Length; i++)
        {
            Absorb(updates[i], numbers[i]);
        }

        _expected.Clear();
    }

    public TensorSet Solve()
    {
        int features = _spec.Features;
        int classes = _classes.Count;
        return
        [
            new DenseTensor(SlowTensors.Weights, [features, classes], _solver.Solve(_gram.Triangle.Span, _cross.Values, _cross.Stride, classes)),
            new DenseTensor(SlowTensors.Energies, [features], _gram.Diagonal()),
            new IntegerTensor(SlowTensors.Counts, _counts[..classes]),
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
            new IntegerTensor(SlowTensors.Counts, _counts[..classes]),
            new TextTensor(SlowTensors.Labels, _classes.Labels.ToArray()),
        ];
    }

    public void Load(TensorSet state)
    {
        _classes = ClassTable.Of(state.Get<TextTensor>(SlowTensors.Labels).Texts);
        _cross.Load(state.Get<DoubleTensor>(SlowTensors.Cross).Values.ToArray(), _classes.Count);
        _counts = state.Get<IntegerTensor>(SlowTensors.Counts).Values.ToArray();
        _gram.Load(state.Get<DoubleTensor>(SlowTensors.Gram).Values.Span);
        Events = _counts.Sum();
    }

    private void Absorb(SlowUpdate update, int[] numbers)
    {
        Events += update.Events;
        switch (update)
        {
            case SlowEvents events:
                AbsorbEvents(events, numbers);
                break;
            case SlowSums sums:
                AbsorbSums(sums, numbers);
                break;
        }
    }

    private void AbsorbEvents(SlowEvents update, int[] numbers)
    {
        _gram.Add(update.Keys);
        for (int i = 0; i < update.Keys.Rows; i++)
        {
            int y = numbers[update.Classes.Span[i]];
            _cross.Add(update.Keys[i], y, update.Targets?[i] ?? default, numbers);
            _counts[y]++;
        }
    }

    private void AbsorbSums(SlowSums update, int[] numbers)
    {
        _gram.Add(update.Gram.Triangle.Span);
        _cross.Add(update.Cross.Span, numbers);
        for (int c = 0; c < numbers.Length; c++)
        {
            _counts[numbers[c]] += update.Counts.Span[c];
        }
    }

    private void EnsureClasses()
    {
        _cross.Grow(_classes.Count);
        if (_counts.Length < _cross.Stride)
        {
            Array.Resize(ref _counts, _cross.Stride);
        }
    }
}
