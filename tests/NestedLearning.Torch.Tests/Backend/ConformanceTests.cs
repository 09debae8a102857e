using NestedLearning.Tensors;
using NestedLearning.Tensors.Contracts;

namespace NestedLearning.Torch.Tests.Backend;

/// <summary>Large operations agree with the managed backend: to 1e-3 in float32, and products to 1e-2 from bfloat16.</summary>
public abstract class ConformanceTests
{
    protected abstract TorchDevice Device { get; }

    [ContractFact]
    public void Operations_InFloat32_AgreeWithTheManagedBackend() => AssertClose(
        ManyOperations.Run(new ManagedBackend()), ManyOperations.Run(new TorchBackend(new TorchOptions { Device = Device })), 1e-3);

    [ContractTheory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void MatrixMultiply_FromTheThreshold_IsRoundedToBfloat16(bool transposeX, bool transposeY)
    {
        const int Size = 96;
        float[] expected = Product(new ManagedBackend(), Size, transposeX, transposeY);
        float[] exact = Product(Backend(3 * Size * Size * Size + 1), Size, transposeX, transposeY);
        float[] rounded = Product(Backend(3 * Size * Size * Size), Size, transposeX, transposeY);

        AssertClose(expected, exact, 1e-3);
        AssertClose(expected, rounded, 1e-2);
        Assert.NotEqual(exact, rounded);
    }

    private TorchBackend Backend(long bfloat16From) => new(new TorchOptions { Device = Device, Bfloat16From = bfloat16From });

    private static float[] Product(ITensorBackend backend, int size, bool transposeX, bool transposeY)
    {
        using Tensor x = backend.Normal([3, size, size], 1);
        using Tensor y = backend.Normal([size, size], 2);
        using Tensor product = backend.MatrixMultiply(x, y, transposeX, transposeY);
        float[] values = new float[product.Shape.ElementCount];
        backend.Read(product, values);
        return values;
    }

    /// <summary>Errors are relative to the largest magnitude: where terms cancel, their rounding stays.</summary>
    private static void AssertClose(float[] expected, float[] actual, double tolerance)
    {
        float largest = expected.Max(Math.Abs);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance * largest));
    }
}
