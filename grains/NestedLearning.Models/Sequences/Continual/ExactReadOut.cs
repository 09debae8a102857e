using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// The map from what a model makes of a token to the token after it, as an exact memory (Nested Learning, Def. 1, with the L2 objective): keys k
/// are random features of the hidden values, <c>max(0, h R)</c> (arXiv 2307.02251), values v the next token, and <c>W = (A + λI)⁻¹ Bᵀ</c> follows
/// from <c>A = Σ k kᵀ</c> and <c>B = Σ v kᵀ</c>. Sums commute, so neither the order of texts nor where one ends matters while the model stays.
/// </summary>
/// <param name="model">The model, which must not change from the first window on.</param>
/// <param name="features">The length of a key.</param>
/// <param name="seed">What the random features are drawn by.</param>
internal sealed class ExactReadOut(SequenceModel model, int features, ulong seed)
{
    private const float Ridge = 1;

    /// <summary>What the memory gives is near to a probability, and may be below 0; none is less likely than this.</summary>
    private const float Least = 2e-4f;

    private readonly Matrix _random = Random(model, features, seed);
    private readonly Matrix _gram = new(features, features);
    private readonly Matrix _cross = new(features, model.Settings.Vocabulary);
    private readonly Matrix _weights = new(features, model.Settings.Vocabulary);

    /// <summary>Adds windows to the sums; answers change with <see cref="Solve"/>.</summary>
    public void Add(TokenWindows windows)
    {
        Matrix keys = Keys(windows);
        Matrix next = new(keys.Columns, model.Settings.Vocabulary);
        for (int i = 0; i < windows.Targets.Length; i++)
        {
            next.Row(i)[windows.Targets[i]] = 1;
        }

        Syrk.Lower(keys.View, _gram.View, beta: 1);
        Gemm.Multiply(keys.View, next.View, _cross.View, beta: 1);
    }

    /// <summary>Answers from all that was added.</summary>
    /// <exception cref="NotPositiveDefiniteException">The sums are too large for the ridge in float32.</exception>
    public void Solve()
    {
        Matrix factor = new(features, features);
        _gram.Values.CopyTo(factor.Values);
        for (int i = 0; i < features; i++)
        {
            factor.Row(i)[i] += Ridge;
        }

        _cross.Values.CopyTo(_weights.Values);
        Cholesky.Factor(factor.View);
        Cholesky.Solve(factor.View, _weights.View);
    }

    /// <summary>The sum of <c>−log p(target)</c> in nats.</summary>
    public double Nats(TokenWindows windows)
    {
        Matrix keys = Keys(windows);
        Matrix scores = new(keys.Columns, model.Settings.Vocabulary);
        Gemm.Multiply(keys.View, _weights.View, scores.View, transposeA: true);
        double nats = 0;
        for (int i = 0; i < windows.Targets.Length; i++)
        {
            double sum = 0;
            foreach (float score in scores.Row(i))
            {
                sum += MathF.Max(score, Least);
            }

            nats -= Math.Log(MathF.Max(scores.Row(i)[windows.Targets[i]], Least) / sum);
        }

        return nats;
    }

    private static Matrix Random(SequenceModel model, int features, ulong seed)
    {
        int width = model.Settings.Width;
        using Tape tape = new(model.Backend);
        return new Matrix(width, features, tape.Own(model.Backend.Normal([width, features], seed)).ToArray());
    }

    /// <summary>One column for each token, [features, tokens].</summary>
    private Matrix Keys(TokenWindows windows)
    {
        using Tape tape = new(model.Backend);
        using IDisposable pause = tape.NoGradient();
        float[] hidden = model.Read(tape, windows.Tokens, windows.Count).Hidden.UnitNormalize().ToArray();
        Matrix keys = new(features, windows.Tokens.Length);
        Gemm.Multiply(_random.View, new MatrixView(hidden, windows.Tokens.Length, _random.Rows, _random.Rows), keys.View, transposeA: true, transposeB: true);
        foreach (ref float value in keys.Values)
        {
            value = MathF.Max(value, 0);
        }

        return keys;
    }
}
