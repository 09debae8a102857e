using Azure;
using Azure.Storage.Blobs;
using NestedLearning.Silo.Configuration;

namespace NestedLearning.Silo.Storage;

/// <summary>The container of all blobs.</summary>
internal static class BlobContainers
{
    /// <summary>A client of the account.</summary>
    public static BlobServiceClient Connect(StorageSettings settings) => settings.ConnectionString.Length > 0
        ? new BlobServiceClient(settings.ConnectionString, Resilience.Blobs())
        : new BlobServiceClient(new Uri(settings.ServiceUri), Resilience.Blobs());

    /// <summary>Makes the container when it is missing.</summary>
    /// <exception cref="RequestFailedException">The service does not answer, or refuses.</exception>
    public static async Task PrepareAsync(StorageSettings settings, CancellationToken cancellationToken)
    {
        BlobContainerClient container = Connect(settings).GetBlobContainerClient(settings.Container);
        if (!await container.ExistsAsync(cancellationToken))
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        }
    }

    /// <summary>The service as it may be shown: without key and signature.</summary>
    public static string Name(StorageSettings settings)
    {
        BlobServiceClient client = Connect(settings);
        return $"Blob service at {client.Uri.GetLeftPart(UriPartial.Path)}";
    }
}
