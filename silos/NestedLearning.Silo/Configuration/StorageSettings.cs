using Azure.Storage.Blobs;

namespace NestedLearning.Silo.Configuration;

/// <summary>Where state is kept.</summary>
internal enum StorageKind
{
    /// <summary>In the memory of the silos: gone when they stop. For developers.</summary>
    Memory,

    /// <summary>In Azure Blob Storage, or in Azurite.</summary>
    AzureBlob,
}

/// <summary>Where the state of memories and consolidators is kept.</summary>
/// <param name="Kind">Where state is kept.</param>
/// <param name="ConnectionString">The storage account; never shown. Either this or the URI.</param>
/// <param name="ServiceUri">The account's blob service with a shared access signature; never shown.</param>
/// <param name="Container">The container of all blobs; made at the start when it is missing.</param>
internal sealed record StorageSettings(StorageKind Kind, string ConnectionString, string ServiceUri, string Container)
{
    private const string ConnectionStringKey = "Storage:ConnectionString";
    private const string ServiceUriKey = "Storage:ServiceUri";

    public static StorageSettings Read(SettingsReader reader)
    {
        StorageSettings settings = new(
            reader.Choice("Storage:Kind", StorageKind.Memory),
            reader.Secret(ConnectionStringKey),
            reader.Secret(ServiceUriKey),
            reader.Text("Storage:Container", "nested-learning", "3 to 63 of a-z, 0-9 and single '-' between them", IsContainer));
        if (settings.Kind == StorageKind.AzureBlob)
        {
            settings.CheckAccount(reader);
        }

        return settings;
    }

    private static bool IsContainer(string name) =>
        name.Length is >= 3 and <= 63
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')
        && !name.StartsWith('-') && !name.EndsWith('-') && !name.Contains("--", StringComparison.Ordinal);

    private void CheckAccount(SettingsReader reader)
    {
        switch (ConnectionString, ServiceUri)
        {
            case ("", ""):
                reader.Refuse(ConnectionStringKey, $"is not set, nor is {ServiceUriKey}; {StorageKind.AzureBlob} needs one of them");
                break;
            case ("", _):
                CheckUri(reader);
                break;
            case (_, ""):
                CheckConnectionString(reader);
                break;
            default:
                reader.Refuse(ServiceUriKey, $"is set, and so is {ConnectionStringKey}; accepted: one of them");
                break;
        }
    }

    private void CheckUri(SettingsReader reader)
    {
        if (!Uri.TryCreate(ServiceUri, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.Query.Length == 0)
        {
            reader.Refuse(ServiceUriKey, "is no address with a shared access signature, such as https://NAME.blob.core.windows.net/?sv=...");
        }
    }

    private void CheckConnectionString(SettingsReader reader)
    {
        try
        {
            _ = new BlobServiceClient(ConnectionString);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or InvalidOperationException)
        {
            reader.Refuse(ConnectionStringKey, "is no connection string of a storage account");
        }
    }
}
