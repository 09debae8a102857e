namespace NestedLearning.Tensors.Tests.Measurement;

public sealed class BackendReportTests
{
    [Fact]
    public void Summary_OfADevice_TellsEachSpeed()
    {
        BackendReport report = new("managed", "cpu", "AVX2+FMA, 256 bit", [new(1, 97.4), new(2, 180)]);

        Assert.Equal("AVX2+FMA, 256 bit; matrix products at 97 GFLOP/s on 1 thread, 180 GFLOP/s on 2 threads", report.Summary);
    }

    [Fact]
    public void Summary_OfAGpu_HasNoThreads() =>
        Assert.Equal("a GPU; matrix products at 40000 GFLOP/s", new BackendReport("torch", "cuda:0", "a GPU", [new(0, 40_000)]).Summary);

    [Fact]
    public void Summary_OfWhatIsMissing_IsTheReason() =>
        Assert.Equal("not available: no driver.", new BackendReport("torch", "cuda", "", [], "no driver.").Summary);

    [Fact]
    public void OfManaged_ThisMachine_MeasuresOneThreadAndAllCores()
    {
        BackendReport report = BackendReport.OfManaged();

        Assert.Equal(("managed", "cpu", SimdLevel.Description, null), (report.Backend, report.Device, report.Description, report.Problem));
        Assert.Equal(new[] { 1, Environment.ProcessorCount }.Distinct(), report.Products.Select(speed => speed.Threads));
        Assert.All(report.Products, speed => Assert.InRange(speed.Gflops, 1e-3, 1e6));
    }
}
