using NestedLearning.Grains;
using NestedLearning.Silo.Configuration;

namespace NestedLearning.Silo.Storage;

/// <summary>Registers the storage of the tiers, which keeps their bytes as they are.</summary>
internal static class StorageSetup
{
    public static void AddStorage(this ISiloBuilder silo, StorageSettings settings)
    {
        if (settings.Kind == StorageKind.Memory)
        {
            silo.AddMemoryGrainStorage(TierStorage.ProviderName, memory => memory.GrainStorageSerializer = new TierStateSerializer());
            return;
        }

        silo.AddAzureBlobGrainStorage(TierStorage.ProviderName, blobs =>
        {
            blobs.BlobServiceClient = BlobContainers.Connect(settings);
            blobs.ContainerName = settings.Container;
            blobs.GrainStorageSerializer = new TierStateSerializer();
        });
    }
}
