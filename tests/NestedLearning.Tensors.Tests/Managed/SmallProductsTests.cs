namespace NestedLearning.Tensors.Tests.Managed;

/// <summary>Sizes around those of registers and tiles, and a right operand that all products share.</summary>
public sealed class SmallProductsTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 5, 8)]
    [InlineData(4, 0, 8)]
    [InlineData(0, 4, 8)]
    [InlineData(4, 4, 0)]
    [InlineData(5, 16, 24)]
    [InlineData(15, 33, 31)]
    [InlineData(16, 32, 32)]
    [InlineData(7, 9, 65)]
    [InlineData(1, 512, 32)]
    [InlineData(1, 513, 32)]
    public void MatrixMultiply_Small_MatchesFloat64(int m, int k, int n)
    {
        foreach (bool shared in new[] { false, true })
        {
            foreach ((bool transposeX, bool transposeY) in new[] { (false, false), (true, false), (false, true), (true, true) })
            {
                AssertProducts(m, k, n, transposeX, transposeY, shared);
            }
        }
    }

    private static void AssertProducts(int m, int k, int n, bool transposeX, bool transposeY, bool shared)
    {
        const int Batch = 3;
        var backend = new ManagedBackend();
        var random = new Random(1);
        Shape matrixX = transposeX ? [k, m] : [m, k];
        Shape matrixY = transposeY ? [n, k] : [k, n];
        float[] x = Samples.Values(random, Batch * m * k);
        float[] y = Samples.Values(random, (shared ? 1 : Batch) * k * n);
        using Tensor left = backend.Create([Batch, .. matrixX], x);
        using Tensor right = backend.Create(shared ? matrixY : [Batch, .. matrixY], y);
        using Tensor result = backend.MatrixMultiply(left, right, transposeX, transposeY);
        float[] actual = new float[Batch * m * n];
        backend.Read(result, actual);
        for (int i = 0; i < Batch; i++)
        {
            double[] expected = Float64.Multiply(
                Samples.ToFloat64(new MatrixView(x.AsSpan(i * m * k), matrixX[0], matrixX[1], matrixX[1]), transposeX),
                Samples.ToFloat64(new MatrixView(y.AsSpan(shared ? 0 : i * k * n), matrixY[0], matrixY[1], matrixY[1]), transposeY),
                m,
                k,
                n);
            Samples.AssertClose(expected, new MatrixView(actual.AsSpan(i * m * n), m, n, n), 3e-5);
        }
    }
}
