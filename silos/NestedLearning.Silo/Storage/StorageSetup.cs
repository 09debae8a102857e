using NestedLearning.Silo.Configuration;

namespace NestedLearning.Silo.Storage;

/// <summary>Registers the storage of the grains.</summary>
internal static class StorageSetup
{
    /// <summary>The name under which the grains ask for it.</summary>
    private const string ProviderName = "tiers";

    public static void AddStorage(this ISiloBuilder silo, StorageSettings settings)
    {
        if (settings.Kind == StorageKind.Memory)
        {
            silo.AddMemoryGrainStorage(ProviderName);
            return;
        }

        silo.AddAzureBlobGrainStorage(ProviderName, blobs =>
        {
            blobs.BlobServiceClient = BlobContainers.Connect(settings);
            blobs.ContainerName = settings.Container;
        });
    }
}
