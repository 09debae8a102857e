using System.CommandLine;
using System.Net;
using NestedLearning.Silo.Configuration;
using NestedLearning.Silo.Health;
using NestedLearning.Silo.Starting;

namespace NestedLearning.Silo.Commands;

/// <summary><c>nl-silo ready</c>: for images that hold no other program that could ask.</summary>
internal static class ReadyCommand
{
    private const string About = "Asks the silo of this configuration whether it is ready; exits with 0 if it is.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8); // Images give it 10.

    public static Command Create(TextWriter output)
    {
        Command command = new("ready", About);
        command.SetAction((_, cancellationToken) => ExecuteAsync(output, cancellationToken));
        return command;
    }

    private static async Task<int> ExecuteAsync(TextWriter output, CancellationToken cancellationToken)
    {
        Uri url = Url(SiloSettings.Read(SiloHost.Configure().Configuration).Api);
        using HttpClientHandler handler = new()
        {
            // The certificate is for the name that others use. This asks its own machine, and tells it nothing.
            ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
        };
        using HttpClient client = new(handler) { Timeout = Patience };
        try
        {
            using HttpResponseMessage response = await client.GetAsync(url, cancellationToken);
            output.WriteLine(await response.Content.ReadAsStringAsync(cancellationToken));
            return response.IsSuccessStatusCode ? ExitCode.Success : ExitCode.Failed;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new DependencyException($"{url} does not answer: {DependencyException.Reason(error)}.", error);
        }
    }

    /// <summary>A silo that listens on all addresses is asked over the loopback one.</summary>
    private static Uri Url(ApiSettings api)
    {
        IPEndPoint endpoint = api.Endpoint;
        IPAddress address = endpoint.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : endpoint.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : endpoint.Address;
        string scheme = api.Limits.Certificate is null ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        return new Uri($"{scheme}://{new IPEndPoint(address, endpoint.Port)}{Readiness.Path}");
    }
}
