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
    private ClassTable _classes = new();
    private double[] _cross = [];
    private long[] _counts = [];
    private int _stride;

    public ExactMemory(ClassifierSpec spec, int threads)
    {
        _spec = spec;
        Spec = spec.Levels[1];
        _solver = new RidgeSolver(spec.Features, spec.Ridge, threads);
        _gram = new GramMatrix(spec.Features);
    }

    public LevelSpec Spec { get; }

    public long Events { get; private set; }

    public long StateBytes => (_gram.Triangle.Length + ((long)_spec.Features * _classes.Count)) * sizeof(double);

    public void Check(Contribution contribution)
    {
        SlowContribution update = SlowContribution.Read(contribution, _spec, _classes.Count);
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
        SlowContribution[] updates = [.. round.Select(contribution => SlowContribution.Read(contribution, _spec, _classes.Count))];
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
            new DenseTensor(SlowTensors.Weights, [features, classes], _solver.Solve(_gram.Triangle.Span, _cross, _stride, classes)),
            new DenseTensor(SlowTensors.Energies, [features], _gram.Diagonal()),
            new IntegerTensor(SlowTensors.Counts, _counts[..classes]),
            new TextTensor(SlowTensors.Labels, _classes.Labels.ToArray()),
        ];
    }

    public TensorSet Save()
    {
        int classes = _classes.Count;
        double[] cross = new double[_spec.Features * classes];
        for (int i = 0; i < _spec.Features; i++)
        {
            _cross.AsSpan(i * _stride, classes).CopyTo(cross.AsSpan(i * classes));
        }

        return
        [
            new DoubleTensor(SlowTensors.Gram, [_gram.Triangle.Length], _gram.Triangle),
            new DoubleTensor(SlowTensors.Cross, [_spec.Features, classes], cross),
            new IntegerTensor(SlowTensors.Counts, _counts[..classes]),
            new TextTensor(SlowTensors.Labels, _classes.Labels.ToArray()),
        ];
    }

    public void Load(TensorSet state)
    {
        _classes = ClassTable.Of(state.Get<TextTensor>(SlowTensors.Labels).Texts);
        _stride = _classes.Count;
        _cross = state.Get<DoubleTensor>(SlowTensors.Cross).Values.ToArray();
        _counts = state.Get<IntegerTensor>(SlowTensors.Counts).Values.ToArray();
        _gram.Load(state.Get<DoubleTensor>(SlowTensors.Gram).Values.Span);
        Events = _counts.Sum();
    }

    private void Absorb(SlowContribution update, int[] numbers)
    {
        Events += update.Keys.Rows;
        _gram.Add(update.Keys);
        for (int i = 0; i < update.Keys.Rows; i++)
        {
            SparseVector key = update.Keys[i];
            int y = numbers[update.Classes.Span[i]];
            AddToCross(key, y, update.Targets?[i] ?? default, numbers);
            _counts[y]++;
        }
    }

    private void AddToCross(in SparseVector key, int y, in SparseVector targets, int[] numbers)
    {
        ReadOnlySpan<ushort> indices = key.Indices.Span;
        ReadOnlySpan<float> values = key.Values.Span;
        ReadOnlySpan<ushort> others = targets.Indices.Span;
        ReadOnlySpan<float> scores = targets.Values.Span;
        for (int i = 0; i < indices.Length; i++)
        {
            Span<double> row = _cross.AsSpan(indices[i] * _stride, _stride);
            double value = values[i];
            row[y] += value;
            for (int t = 0; t < others.Length; t++)
            {
                row[numbers[others[t]]] += value * scores[t];
            }
        }
    }

    private void EnsureClasses()
    {
        int classes = _classes.Count;
        if (classes <= _stride)
        {
            return;
        }

        int stride = Math.Max(classes, _stride * 2);
        double[] cross = new double[_spec.Features * stride];
        for (int i = 0; i < _spec.Features; i++)
        {
            _cross.AsSpan(i * _stride, _stride).CopyTo(cross.AsSpan(i * stride));
        }

        _cross = cross;
        _stride = stride;
        Array.Resize(ref _counts, stride);
    }
}
