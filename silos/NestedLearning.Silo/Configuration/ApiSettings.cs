using System.Net;
using NestedLearning.Gateway;

namespace NestedLearning.Silo.Configuration;

/// <summary>Where this silo serves the HTTP API, and what it takes there.</summary>
internal sealed record ApiSettings(IPEndPoint Endpoint, GatewayOptions Limits)
{
    private const int Mib = 1 << 20;
    private const string UrlKey = "Api:Url";
    private const string DefaultUrl = "http://127.0.0.1:5080";

    private static readonly GatewayOptions Default = new();

    /// <summary>The ranges are the gateway's own. Others than this machine are served without keys only where that is said.</summary>
    public static ApiSettings Read(SettingsReader reader)
    {
        GatewayOptions limits = ReadLimits(reader, out bool isEncrypted);
        IPEndPoint endpoint = isEncrypted ? reader.EncryptedUrl(UrlKey, DefaultUrl) : reader.Url(UrlKey, DefaultUrl);
        ApiSettings settings = new(endpoint, limits);
        if (settings.Limits is { IsOpen: true, IsPublic: false } && !IPAddress.IsLoopback(settings.Endpoint.Address))
        {
            reader.Refuse(UrlKey, "is not of this machine alone, so Api:KeysFile has to name keys, or Api:Public has to be True");
        }

        return settings;
    }

    /// <summary>Gives the gateway what was read.</summary>
    public void ApplyTo(GatewayOptions options)
    {
        options.MaxLineBytes = Limits.MaxLineBytes;
        options.MaxBatchEvents = Limits.MaxBatchEvents;
        options.MaxBodyBytes = Limits.MaxBodyBytes;
        options.MaxExpansion = Limits.MaxExpansion;
        options.MaxFeeds = Limits.MaxFeeds;
        options.MaxInputs = Limits.MaxInputs;
        options.MaxModelParameters = Limits.MaxModelParameters;
        options.MaxGenerations = Limits.MaxGenerations;
        options.MaxGeneratedTokens = Limits.MaxGeneratedTokens;
        options.MaxGenerationBytes = Limits.MaxGenerationBytes;
        options.MaxRequestsPerMinute = Limits.MaxRequestsPerMinute;
        options.KeysFile = Limits.KeysFile;
        options.Tokens = Limits.Tokens;
        options.Certificate = Limits.Certificate;
        options.IsPublic = Limits.IsPublic;
    }

    private static GatewayOptions ReadLimits(SettingsReader reader, out bool isEncrypted) => new()
    {
        MaxLineBytes = reader.WholeNumber("Api:MaxLineBytes", Default.MaxLineBytes, 1024, 64 * 1024 * 1024),
        MaxBatchEvents = reader.WholeNumber("Api:MaxBatchEvents", Default.MaxBatchEvents, 1, 4096),
        MaxBodyBytes = reader.WholeNumber("Api:MaxBodyBytes", Default.MaxBodyBytes, 1024, 256 * 1024 * 1024),
        MaxExpansion = reader.WholeNumber("Api:MaxExpansion", Default.MaxExpansion, 2, 1000),
        MaxFeeds = reader.WholeNumber("Api:MaxFeeds", Default.MaxFeeds, 1, 1_000_000),
        MaxInputs = reader.WholeNumber("Api:MaxInputs", Default.MaxInputs, 1, 65_536),
        MaxModelParameters = reader.WholeNumber("Api:MaxModelParameters", (int)Default.MaxModelParameters, 1024, int.MaxValue),
        MaxGenerations = reader.WholeNumber("Api:MaxGenerations", Default.MaxGenerations, 1, 65_536),
        MaxGeneratedTokens = reader.WholeNumber("Api:MaxGeneratedTokens", Default.MaxGeneratedTokens, 1, 1_000_000_000),
        MaxGenerationBytes = (long)Mib * reader.WholeNumber("Api:MaxGenerationMib", (int)(Default.MaxGenerationBytes / Mib), 1, 1 << 20),
        MaxRequestsPerMinute = reader.WholeNumber("Api:MaxRequestsPerMinute", Default.MaxRequestsPerMinute, 1, 1_000_000_000),
        KeysFile = reader.Text("Api:KeysFile", "", "a path", _ => true) is { Length: > 0 } path ? path : null,
        Tokens = ApiTrust.ReadTokens(reader),
        Certificate = ApiTrust.ReadCertificate(reader, out isEncrypted),
        IsPublic = reader.Flag("Api:Public"),
    };
}
