namespace NestedLearning.Tensors.Tests;

public sealed class FmaPeakTests
{
    [Fact]
    public void MeasureGflops_OneRun_IsPositive() => Assert.True(FmaPeak.MeasureGflops(1) > 0);

    [Fact]
    public void MeasureGflops_NoRuns_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => FmaPeak.MeasureGflops(0));

    [Fact]
    public void Description_ThisProcessor_IsNotEmpty() => Assert.NotEmpty(SimdLevel.Description);
}
