using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// How far a level's parameters have moved here since the version that they come from: θ = version + what was sent and is in no version
/// yet + what has not been sent.
/// </summary>
internal sealed class LocalMovement(ParameterSet parameters, int level)
{
    private const string Numbers = "numbers";
    private const string Anchor = "anchor";

    private readonly DenseLayout _layout = new(parameters.Save(level));
    private readonly List<(long Sequence, float[] Movement)> _sent = [];
    private float[] _anchor = [];
    private long _version = -1;

    /// <summary>The steps since the last drain.</summary>
    public long Steps { get; set; }

    /// <summary>The bytes of the parameters, of where they were, of two moments, and of what was sent.</summary>
    public long SizeBytes => (4L + _sent.Count) * sizeof(float) * _layout.Length;

    /// <summary>What has not been sent; it is kept until a version contains it.</summary>
    public Contribution Drain(long sequence)
    {
        float[] now = Read();
        float[] movement = Sum(now, _anchor, -1);
        _sent.Add((sequence, movement));
        _anchor = now;
        TensorSet tensors = [];
        _layout.Append(tensors, "", movement);
        Contribution contribution = new(Steps, tensors);
        Steps = 0;
        return contribution;
    }

    /// <summary>Goes on from a version, with what is not in it on top. The one that it is at changes nothing, not even the rounding.</summary>
    public void Adopt(LevelVersion version, long foldedThrough)
    {
        if (version.Number == _version)
        {
            return;
        }

        float[] unsent = _version < 0 ? new float[_layout.Length] : Sum(Read(), _anchor, -1);
        _version = version.Number;
        _sent.RemoveAll(sent => sent.Sequence <= foldedThrough);
        _anchor = _layout.Gather(version.Tensors);
        foreach ((_, float[] movement) in _sent)
        {
            Vectors.Axpy(1, movement, _anchor);
        }

        Write(Sum(_anchor, unsent, 1));
    }

    /// <summary>Everything but the parameters, for <see cref="Load"/>.</summary>
    public TensorSet Save()
    {
        TensorSet state =
        [
            new IntegerTensor(Numbers, new[] { _version, Steps }.Concat(_sent.Select(sent => sent.Sequence)).ToArray()),
            Vector(Anchor, _anchor),
        ];
        foreach ((long sequence, float[] movement) in _sent)
        {
            state.Add(Vector(SentName(sequence), movement));
        }

        return state;
    }

    /// <summary>Takes up what <see cref="Save"/> gave; the parameters are taken up already.</summary>
    public void Load(TensorSet state)
    {
        ReadOnlySpan<long> numbers = state.Get<IntegerTensor>(Numbers).Values.Span;
        (_version, Steps) = (numbers[0], numbers[1]);
        foreach (long sequence in numbers[2..])
        {
            _sent.Add((sequence, Values(state, SentName(sequence))));
        }

        _anchor = Values(state, Anchor);
    }

    private float[] Read() => _layout.Gather(parameters.Save(level));

    private void Write(float[] values)
    {
        TensorSet tensors = [];
        _layout.Append(tensors, "", values);
        parameters.Load(level, tensors);
    }

    private static float[] Sum(float[] left, float[] right, float scale)
    {
        float[] sum = [.. left];
        Vectors.Axpy(scale, right, sum);
        return sum;
    }

    private static DenseTensor Vector(string name, float[] values) => new(name, [values.Length], values);

    private static float[] Values(TensorSet state, string name) => state.Get<DenseTensor>(name).Values.ToArray();

    private static string SentName(long sequence) => FormattableString.Invariant($"sent/{sequence}");
}
