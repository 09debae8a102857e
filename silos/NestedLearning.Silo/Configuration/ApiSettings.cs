using System.Net;
using NestedLearning.Gateway;

namespace NestedLearning.Silo.Configuration;

/// <summary>Where this silo serves the HTTP API, and what it takes there.</summary>
internal sealed record ApiSettings(IPEndPoint Endpoint, GatewayOptions Limits)
{
    private static readonly GatewayOptions Default = new();

    /// <summary>The ranges are the gateway's own.</summary>
    public static ApiSettings Read(SettingsReader reader) => new(
        reader.Url("Api:Url", "http://127.0.0.1:5080"),
        new GatewayOptions
        {
            MaxLineBytes = reader.WholeNumber("Api:MaxLineBytes", Default.MaxLineBytes, 1024, 64 * 1024 * 1024),
            MaxBatchEvents = reader.WholeNumber("Api:MaxBatchEvents", Default.MaxBatchEvents, 1, 4096),
            MaxBodyBytes = reader.WholeNumber("Api:MaxBodyBytes", Default.MaxBodyBytes, 1024, 256 * 1024 * 1024),
            MaxInputs = reader.WholeNumber("Api:MaxInputs", Default.MaxInputs, 1, 65_536),
        });

    /// <summary>Gives the gateway what was read.</summary>
    public void ApplyTo(GatewayOptions options)
    {
        options.MaxLineBytes = Limits.MaxLineBytes;
        options.MaxBatchEvents = Limits.MaxBatchEvents;
        options.MaxBodyBytes = Limits.MaxBodyBytes;
        options.MaxInputs = Limits.MaxInputs;
    }
}
