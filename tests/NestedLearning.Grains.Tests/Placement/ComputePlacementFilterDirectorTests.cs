using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime.Placement;

namespace NestedLearning.Grains.Tests.Placement;

[Collection(CountedMeasurements.Collection)]
public sealed class ComputePlacementFilterDirectorTests
{
    private readonly DeclaredSilos _silos = new();
    private readonly RecordingLogger<ComputePlacementFilterDirector> _log = new();
    private readonly TierPlacementOptions _options = new();
    private readonly ComputePlacementFilterDirector _director;

    public ComputePlacementFilterDirectorTests() => _director = new(Options.Create(_options), _silos, _log);

    [Fact]
    public void Filter_NothingAsked_KeepsEverySilo()
    {
        _silos.Add((SiloMetadataKeys.Compute, ComputeKinds.Cuda));
        _silos.Add();

        Assert.Equal(_silos.All, Filter("news/tenant-1"));
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public void Filter_ModelAsksForCuda_KeepsThoseSilosOnly()
    {
        _options.ModelCompute.Add("news", ComputeKinds.Cuda);
        SiloAddress first = _silos.Add((SiloMetadataKeys.Compute, ComputeKinds.Cuda));
        _silos.Add((SiloMetadataKeys.Compute, ComputeKinds.Cpu));
        SiloAddress second = _silos.Add((SiloMetadataKeys.Compute, ComputeKinds.Cuda));
        _silos.Add();

        Assert.Equal([first, second], Filter("news/tenant-1"));
        Assert.Equal(_silos.All, Filter("other/tenant-1"));
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public void Filter_ModelAsksForCpu_KeepsOffSilosWithGpus()
    {
        _options.DefaultCompute = ComputeKinds.Cpu;
        _silos.Add((SiloMetadataKeys.Compute, ComputeKinds.Cuda));
        SiloAddress cpu = _silos.Add((SiloMetadataKeys.Compute, ComputeKinds.Cpu));

        Assert.Equal([cpu], Filter("news/tenant-1"));
    }

    [Fact]
    public void Filter_ModelWithAnyAmongOthers_KeepsEverySilo()
    {
        _options.DefaultCompute = ComputeKinds.Cuda;
        _options.ModelCompute.Add("small", ComputeKinds.Any);
        _silos.Add((SiloMetadataKeys.Compute, ComputeKinds.Cuda));
        _silos.Add();

        Assert.Equal(_silos.All, Filter("small/tenant-1"));
    }

    [Fact]
    public void Filter_NoneMatches_FallsBackAndSaysSoOnce()
    {
        using CountedMeasurements counted = new("nl.placement.fallbacks", "asked", ComputeKinds.Cuda);
        _options.ModelCompute.Add("news", ComputeKinds.Cuda);
        _silos.Add((SiloMetadataKeys.Compute, ComputeKinds.Cpu));
        _silos.Add();

        for (int tenant = 0; tenant < 5; tenant++)
        {
            Assert.Equal(_silos.All, Filter($"news/tenant-{tenant}"));
        }

        string warning = Assert.Single(_log.Warnings);
        Assert.Contains("'news'", warning, StringComparison.Ordinal);
        Assert.Contains("1 with cpu; 1 with no compute declared", warning, StringComparison.Ordinal);
        Assert.Equal(5, counted.Total);
    }

    [Fact]
    public void Filter_NoneMatchesForTwoModels_SaysSoForEach()
    {
        _options.ModelCompute.Add("news", ComputeKinds.Cuda);
        _options.ModelCompute.Add("mail", ComputeKinds.Cuda);
        _silos.Add();

        Filter("news/a");
        Filter("mail/a");

        Assert.Equal(2, _log.Warnings.Count);
    }

    [Fact]
    public void Filter_NoneMatchesForMadeUpModels_SaysSoOncePerSetting()
    {
        _options.DefaultCompute = ComputeKinds.Cuda;
        _silos.Add();

        for (int made = 0; made < 100; made++)
        {
            Filter($"made-up-{made}/a");
        }

        Assert.Single(_log.Warnings);
    }

    [Fact]
    public void Filter_SiloComesAndGoes_SaysSoAtEveryChange()
    {
        _options.ModelCompute.Add("news", ComputeKinds.Cuda);
        _silos.Add();
        Filter("news/a");
        SiloAddress cuda = _silos.Add((SiloMetadataKeys.Compute, ComputeKinds.Cuda));

        Assert.Equal([cuda], Filter("news/b"));
        Filter("news/c");
        Assert.Single(_log.Of(LogLevel.Information));

        _silos.Remove(cuda);
        Filter("news/d");
        Filter("news/e");
        Assert.Equal(2, _log.Warnings.Count);
    }

    [Fact]
    public void Filter_NoneMatchesAndPolicyRefuses_NamesModelRequestAndOffers()
    {
        using CountedMeasurements counted = new("nl.placement.refusals", "asked", ComputeKinds.Cuda);
        _options.Fallback = PlacementFallback.Refuse;
        _options.ModelCompute.Add("news", ComputeKinds.Cuda);
        _silos.Add((SiloMetadataKeys.Compute, ComputeKinds.Cpu), (SiloMetadataKeys.Device, "16 cores"), (SiloMetadataKeys.MemoryGib, "64"));
        _silos.Add((SiloMetadataKeys.Compute, ComputeKinds.Cpu), (SiloMetadataKeys.Device, "16 cores"), (SiloMetadataKeys.MemoryGib, "64"));

        ComputeUnavailableException error = Assert.Throws<ComputeUnavailableException>(() => Filter("news/tenant-1"));

        Assert.Equal("news", error.Model);
        Assert.Equal(ComputeKinds.Cuda, error.Compute);
        Assert.Equal(["2 with cpu (16 cores, 64 GiB)"], error.Offered);
        Assert.Contains("2 with cpu (16 cores, 64 GiB)", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, counted.Total);
    }

    [Theory]
    [InlineData(PlacementFallback.AnySilo)]
    [InlineData(PlacementFallback.Refuse)]
    public void Filter_NoSiloAtAll_IsLeftToOrleans(PlacementFallback fallback)
    {
        _options.Fallback = fallback;
        _options.DefaultCompute = ComputeKinds.Cuda;

        Assert.Empty(Filter("news/tenant-1"));
        Assert.Empty(_log.Warnings);
    }

    private SiloAddress[] Filter(string key)
    {
        PlacementTarget target = new(GrainId.Create("memory", key), [], default, 0);
        return [.. _director.Filter(new ComputePlacementFilterStrategy(), target, _silos.All)];
    }
}
