using Microsoft.Extensions.Logging;
using Orleans.Runtime.Placement;

namespace NestedLearning.Grains.Tests.Placement;

[Collection(CountedMeasurements.Collection)]
public sealed class StoragePlacementFilterDirectorTests
{
    private readonly DeclaredSilos _silos = new();
    private readonly RecordingLogger<StoragePlacementFilterDirector> _log = new();
    private readonly StoragePlacementFilterDirector _director;

    public StoragePlacementFilterDirectorTests() => _director = new(_silos, _log);

    [Fact]
    public void Filter_SomeNear_KeepsThose()
    {
        _silos.Add((SiloMetadataKeys.Storage, StorageKinds.Far));
        SiloAddress near = _silos.Add((SiloMetadataKeys.Storage, StorageKinds.Near));
        _silos.Add();

        Assert.Equal([near], Filter());
    }

    [Fact]
    public void Filter_NobodyDeclares_KeepsAllWithoutAWord()
    {
        _silos.Add();
        _silos.Add((SiloMetadataKeys.Compute, ComputeKinds.Cuda));

        Assert.Equal(_silos.All, Filter());
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public void Filter_AllFar_KeepsAllAndSaysSoOnce()
    {
        using CountedMeasurements counted = new("nl.placement.fallbacks", "asked", StorageKinds.Near);
        _silos.Add((SiloMetadataKeys.Storage, StorageKinds.Far));

        Assert.Equal(_silos.All, Filter());
        Filter();

        Assert.Single(_log.Warnings);
        Assert.Equal(2, counted.Total);
    }

    [Fact]
    public void Filter_NearSilosGoAndComeBack_SaysSoAtEveryChange()
    {
        _silos.Add();
        SiloAddress near = _silos.Add((SiloMetadataKeys.Storage, StorageKinds.Near));
        Filter();
        _silos.Remove(near);

        Assert.Equal(_silos.All, Filter());
        Filter();
        Assert.Single(_log.Warnings);

        near = _silos.Add((SiloMetadataKeys.Storage, StorageKinds.Near));
        Assert.Equal([near], Filter());
        Assert.Single(_log.Of(LogLevel.Information));
    }

    private SiloAddress[] Filter()
    {
        PlacementTarget target = new(GrainId.Create("consolidator", "news/slow/0"), [], default, 0);
        return [.. _director.Filter(new StoragePlacementFilterStrategy(), target, _silos.All)];
    }
}
