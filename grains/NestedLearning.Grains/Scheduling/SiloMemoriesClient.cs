using Orleans.Runtime.Services;

namespace NestedLearning.Grains;

/// <summary>Reaches the memories of any silo from within a silo.</summary>
internal sealed class SiloMemoriesClient(IServiceProvider services) : GrainServiceClient<ISiloMemories>(services)
{
    public ISiloMemories Of(SiloAddress silo) => GetGrainService(silo);
}
