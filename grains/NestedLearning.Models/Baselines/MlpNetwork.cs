using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// A two-layer perceptron over sparse keys, <c>z = W2 relu(W1 k)</c>, with softmax cross-entropy over the classes seen
/// so far. <see cref="Backpropagate"/> leaves the gradient in factors, since it is an outer product in both layers.
/// </summary>
internal sealed class MlpNetwork
{
    private readonly Matrix _input;
    private readonly List<float[]> _output = [];
    private float[] _scores = [];

    /// <summary>
    /// A network whose first weights are N(0, 2/hidden), so that a key of unit length makes a hidden layer of about unit
    /// length; a class starts with weights 0.
    /// </summary>
    public MlpNetwork(int features, int hidden, int seed)
    {
        _input = new Matrix(features, hidden);
        Hidden = new float[hidden];
        HiddenErrors = new float[hidden];
        Gaussian.Fill(_input.Values, MathF.Sqrt(2f / hidden), new Random(seed));
    }

    /// <summary>The number of classes.</summary>
    public int Classes => _output.Count;

    /// <summary>The hidden layer of the last key, [hidden].</summary>
    public float[] Hidden { get; }

    /// <summary>The gradient of the loss at the hidden layer's input, [hidden], after <see cref="Backpropagate"/>.</summary>
    public float[] HiddenErrors { get; }

    /// <summary>The gradient of the loss at the scores, [classes], after <see cref="Backpropagate"/>.</summary>
    public ReadOnlySpan<float> ScoreErrors => _scores.AsSpan(0, Classes);

    /// <summary>The weights out of one feature, [hidden].</summary>
    public Span<float> InputRow(int feature) => _input.Row(feature);

    /// <summary>The weights into one class, [hidden].</summary>
    public Span<float> OutputRow(int label) => _output[label];

    /// <summary>Makes room for <paramref name="classes"/> classes.</summary>
    public void Grow(int classes)
    {
        while (_output.Count < classes)
        {
            _output.Add(new float[Hidden.Length]);
        }
    }

    /// <summary>The class with the largest score; -1 while there is no class.</summary>
    public int Best(in SparseVector key) => Classes == 0 ? -1 : Vectors.ArgMax(Score(key));

    /// <summary>The scores of <paramref name="key"/>, [classes], valid until the next call.</summary>
    public Span<float> Score(in SparseVector key)
    {
        Array.Clear(Hidden);
        ReadOnlySpan<ushort> indices = key.Indices.Span;
        ReadOnlySpan<float> values = key.Values.Span;
        for (int i = 0; i < indices.Length; i++)
        {
            Vectors.Axpy(values[i], InputRow(indices[i]), Hidden);
        }

        for (int i = 0; i < Hidden.Length; i++)
        {
            Hidden[i] = Math.Max(Hidden[i], 0);
        }

        Span<float> scores = Scratch.Take(ref _scores, Classes);
        for (int label = 0; label < scores.Length; label++)
        {
            scores[label] = Vectors.Dot(OutputRow(label), Hidden);
        }

        return scores;
    }

    /// <summary>Computes the gradient of <c>−ln softmax(z)[label]</c> without changing a weight.</summary>
    public void Backpropagate(in SparseVector key, int label)
    {
        Span<float> errors = Score(key);
        Softmax.Apply(errors);
        errors[label] -= 1;
        Array.Clear(HiddenErrors);
        for (int c = 0; c < errors.Length; c++)
        {
            Vectors.Axpy(errors[c], OutputRow(c), HiddenErrors);
        }

        for (int i = 0; i < Hidden.Length; i++)
        {
            HiddenErrors[i] = Hidden[i] > 0 ? HiddenErrors[i] : 0;
        }
    }

    /// <summary>One step of SGD along the gradient that <see cref="Backpropagate"/> left for <paramref name="key"/>.</summary>
    public void Descend(in SparseVector key, float rate)
    {
        for (int label = 0; label < Classes; label++)
        {
            Vectors.Axpy(-rate * _scores[label], Hidden, OutputRow(label));
        }

        ReadOnlySpan<ushort> indices = key.Indices.Span;
        ReadOnlySpan<float> values = key.Values.Span;
        for (int i = 0; i < indices.Length; i++)
        {
            Vectors.Axpy(-rate * values[i], HiddenErrors, InputRow(indices[i]));
        }
    }
}
