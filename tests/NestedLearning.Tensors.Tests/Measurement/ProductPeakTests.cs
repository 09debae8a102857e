using NestedLearning.Tensors.Contracts;

namespace NestedLearning.Tensors.Tests.Measurement;

public sealed class ProductPeakTests
{
    [Fact]
    public void MeasureGflops_SmallMatrices_GivesASpeedAndKeepsNothing()
    {
        var backend = new ManagedBackend();

        Assert.InRange(ProductPeak.MeasureGflops(backend, size: 32, runs: 3), 1e-3, 1e6);
        Assert.Equal(0, backend.Usage.BytesInUse);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void MeasureGflops_NothingToMeasure_IsRefused(int size, int runs) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ProductPeak.MeasureGflops(new Float64Backend(), size, runs));
}
