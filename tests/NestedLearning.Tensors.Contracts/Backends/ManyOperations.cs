namespace NestedLearning.Tensors.Contracts;

/// <summary>Operations of every kind, each large enough for several threads, ending in a short digest of all.</summary>
public static class ManyOperations
{
    private static readonly int[] Rows = [.. Enumerable.Range(0, 5_000).Select(i => i * 37 % 96)];

    /// <summary>The digest on a backend.</summary>
    public static float[] Run(ITensorBackend backend)
    {
        using Tensor x = backend.Normal([8, 100, 96], 1);
        using Tensor y = backend.Normal([96, 130], 2);
        using Tensor taps = backend.Normal([4, 96], 3);
        using Tensor convolved = backend.Convolve(x, taps, anticausal: false);
        using Tensor gradient = backend.ConvolutionTaps(x, convolved, 4);
        using Tensor scale = backend.Reduce(Reduction.Mean, gradient, [0]);
        using Tensor sum = backend.Apply(BinaryOperation.Divide, convolved, scale);
        using Tensor product = backend.MatrixMultiply(sum, y, false, false);
        using Tensor batched = backend.MatrixMultiply(x, sum, false, true);
        using Tensor scores = backend.Softmax(product);
        using Tensor normal = backend.Normalize(Normalization.Layer, batched, 1e-5);
        using Tensor permuted = backend.Permute(normal, [2, 0, 1]);
        using Tensor activated = backend.Apply(UnaryOperation.Gelu, permuted);
        using Tensor gathered = backend.GatherRows(y, Rows);
        using Tensor scattered = backend.ScatterAddRows(gathered, Rows, 96);
        using Tensor column = backend.Reduce(Reduction.Max, activated, [0, 2]);
        using Tensor row = backend.Reduce(Reduction.Mean, scores, [1]);
        using Tensor total = backend.Reduce(Reduction.Sum, activated, [0, 1, 2]);
        float[] values = new float[8 + (8 * 130) + 1 + (96 * 130)];
        backend.Read(column, values.AsSpan(0, 8));
        backend.Read(row, values.AsSpan(8, 8 * 130));
        backend.Read(total, values.AsSpan(8 + (8 * 130), 1));
        backend.Read(scattered, values.AsSpan(9 + (8 * 130)));
        return values;
    }
}
