using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// The nested classifier as one memory runs it: <c>z = (W + F)ᵀ k</c> with the shared exact weights W and the private
/// delta-rule memory F, which knows what no version contains yet.
/// </summary>
/// <remarks>
/// Targets of an event with class y: 1 for y; for the other classes 0, or z_c when one-sided and z_c lies below a small
/// threshold under 0, so that a score already below 0 is left alone (the squared hinge). The targets of an event are
/// fixed when it is learned and travel with its key, so what a level folds does not depend on when it folds.
/// </remarks>
internal sealed class NestedClassifier : INestedModel
{
    private const float MaxFastRate = 10;

    private readonly ClassifierSpec _spec;
    private readonly TextFeaturizer _featurizer;
    private readonly ResidualMemory _fast;
    private RetainedEvents _retained;
    private ClassTable _classes = new();
    private SlowReplica? _slow;
    private long[] _counts = [];
    private float[] _scores = [];
    private float[] _residual = [];
    private bool _fastIsStale;

    public NestedClassifier(ClassifierSpec spec, int contributors)
    {
        _spec = spec;
        _featurizer = new TextFeaturizer(spec.Features);
        _retained = new RetainedEvents(spec.Features);
        _fast = new ResidualMemory(MathF.Min(spec.FastRate * contributors, MaxFastRate), spec.Ridge);
        _fastIsStale = true;
    }

    public IReadOnlyList<LevelSpec> Levels => _spec.Levels;

    public long PrivateBytes =>
        _retained.SizeBytes + _fast.SizeBytes + (_counts.Length * sizeof(long)) + ((_scores.Length + _residual.Length) * sizeof(float));

    public Prediction Predict(ModelInput input)
    {
        SparseVector key = Key(input);
        return Answer(Score(key));
    }

    public Prediction Step(ModelInput input, string label)
    {
        SparseVector key = Int8Rows.Round(Key(input));
        ClassifierGuard.CheckLabel(label, _classes, _spec);
        ReadOnlySpan<float> scores = Score(key);
        Prediction prediction = Answer(scores);
        int y = _classes.Number(label);
        if (y == scores.Length)
        {
            scores = Score(key);
            Grow(ref _counts);
        }

        SparseVector targets = Int8Rows.Round(Targets(scores, y));
        Learn(key, scores, y, targets);
        _retained.Add(key, y, targets);
        _counts[y]++;
        return prediction;
    }

    public long Pending(LevelId level) => _retained.Pending;

    public Contribution Drain(LevelId level, long sequence) =>
        _retained.Drain(sequence, _classes, _slow?.Classes.Count ?? 0, _spec.OneSidedTargets);

    public void Adopt(LevelId level, LevelVersion version, long foldedThrough)
    {
        _slow = SlowReplica.Of(version.Tensors, _spec.Features);
        _retained.Release(foldedThrough);
        AdoptClasses();
        _fastIsStale = true;
    }

    public TensorSet Save() => _retained.Save(_classes);

    public void Load(TensorSet state)
    {
        _retained = new RetainedEvents(_spec.Features);
        _classes = _retained.Load(state);
        AdoptClasses();
        _fastIsStale = true;
    }

    private SparseVector Key(ModelInput input) => input switch
    {
        TextInput text => _featurizer.Extract(ClassifierGuard.Checked(text.Text, _spec)),
        FeatureInput features => ClassifierGuard.Checked(features.Features, _spec),
        _ => throw new InvalidInputException("input", $"is a {input?.GetType().Name ?? "null"}", "text or features"),
    };

    private Span<float> Score(in SparseVector key)
    {
        RebuildFast();
        Span<float> scores = Scratch(ref _scores);
        scores.Clear();
        _slow?.AddScores(key, scores);
        _fast.AddScores(key, scores);
        return scores;
    }

    private SparseVector Targets(ReadOnlySpan<float> scores, int y)
    {
        if (!_spec.OneSidedTargets)
        {
            return default;
        }

        List<ushort> indices = [];
        List<float> values = [];
        for (int c = 0; c < scores.Length; c++)
        {
            if (c != y && scores[c] < -_spec.TargetThreshold)
            {
                indices.Add((ushort)c);
                values.Add(MathF.Max(scores[c], -ClassifierSpec.MaxTarget));
            }
        }

        return new SparseVector(indices.ToArray(), values.ToArray());
    }

    private void Learn(in SparseVector key, ReadOnlySpan<float> scores, int y, in SparseVector targets)
    {
        Span<float> residual = Scratch(ref _residual);
        for (int c = 0; c < residual.Length; c++)
        {
            residual[c] = -scores[c];
        }

        residual[y] += 1;
        for (int i = 0; i < targets.Count; i++)
        {
            residual[targets.Indices.Span[i]] += targets.Values.Span[i];
        }

        _fast.Learn(key, residual);
    }

    private Prediction Answer(ReadOnlySpan<float> scores)
    {
        (int best, float score) = ReadOut.Best(scores, Counts, _spec.Balance);
        return new Prediction(best < 0 ? null : _classes[best], score);
    }

    private ReadOnlySpan<long> Counts => _counts.AsSpan(0, _classes.Count);

    /// <summary>The version's classes come first, in its order; then those that only this memory knows.</summary>
    private void AdoptClasses()
    {
        ClassTable old = _classes;
        _classes = new ClassTable(_slow?.Classes);
        int[] numbers = old.Labels.Select(_classes.Number).ToArray();
        _retained.Renumber(numbers);
        _counts = new long[_classes.Count];
        _slow?.Counts.CopyTo(_counts);
        for (int i = 0; i < _retained.Count; i++)
        {
            _counts[_retained.Class(i)]++;
        }
    }

    /// <summary>F is what the delta rule makes of the retained events over the adopted version, else 0.</summary>
    private void RebuildFast()
    {
        if (!_fastIsStale)
        {
            return;
        }

        _fastIsStale = false;
        _fast.Reset(_slow?.Energies ?? new float[_spec.Features], _retained.Keys);
        for (int i = 0; i < _retained.Count; i++)
        {
            SparseVector key = _retained.Key(i);
            Learn(key, Score(key), _retained.Class(i), _retained.Targets(i));
        }
    }

    private Span<float> Scratch(ref float[] buffer)
    {
        Grow(ref buffer);
        return buffer.AsSpan(0, _classes.Count);
    }

    private void Grow<T>(ref T[] buffer)
    {
        if (buffer.Length < _classes.Count)
        {
            Array.Resize(ref buffer, Math.Max(_classes.Count, buffer.Length * 2));
        }
    }
}
