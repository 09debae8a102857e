using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NestedLearning.Gateway.Access;
using NestedLearning.Gateway.Dashboard;
using NestedLearning.Gateway.Dashboard.Signing;
using NestedLearning.Gateway.Telemetry;
using NestedLearning.Gateway.Tls;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway;

/// <summary>The HTTP API on a port of this process. It reads no configuration but what it is given.</summary>
public sealed class GatewayServer : IAsyncDisposable
{
    /// <summary>How long requests may take to end when the server stops. They are told to at once; a sender that then does not close its end is cut off.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(5);

    private readonly WebApplication _application;

    private GatewayServer(WebApplication application)
    {
        _application = application;
        Url = new Uri(application.Urls.Single());
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>Begins to listen. Where the options name no keys, nobody is asked who they are.</summary>
    /// <param name="cluster">The engine; the caller keeps it and closes it after the server.</param>
    /// <param name="schedules">The schedules of its models; null for an engine that has none.</param>
    /// <param name="endpoint">Address and port; port 0 takes a free one.</param>
    /// <param name="configure">Sets options; null for the default.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">It would serve others than this machine without keys.</exception>
    /// <exception cref="KeyFileException">The file of keys cannot be read.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is out of its range.</exception>
    public static async Task<GatewayServer> StartAsync(
        ILearningCluster cluster,
        ISchedules? schedules,
        IPEndPoint endpoint,
        Action<GatewayOptions>? configure,
        CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(endpoint, listener => listener.UseGatewayTls());
        });
        builder.Logging
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter(typeof(AccessGuard).FullName, LogLevel.Information) // The audit log.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None); // The caller hears of a failed start.
        builder.Configuration.AddTelemetryVariables();
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTime);
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.Services.AddSingleton(cluster);
        if (schedules is not null)
        {
            builder.Services.AddSingleton(schedules);
        }

        builder.Services.AddLearningGateway(configure);

        WebApplication application = builder.Build();
        try
        {
            Check(endpoint, application.Services.GetRequiredService<IOptions<GatewayOptions>>().Value);
            application.UseLearningAccess();
            application.MapLearningApi();
            application.MapGet("/", (RequestDelegate)(context =>
            {
                context.Response.Redirect(PagePaths.Root);
                return Task.CompletedTask;
            }));
            application.MapGet("/readyz", (RequestDelegate)(context => AnswerReadyAsync(context, application.Lifetime.ApplicationStopping)));
            await application.StartAsync(cancellationToken);
            return new GatewayServer(application);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes an address that signs a browser in to the dashboard, once.</summary>
    /// <param name="key">What the browser signs in with.</param>
    public Uri CreateSignInLink(KeyToken key)
    {
        string code = _application.Services.GetRequiredService<Sessions>().CreateLink(key.Reveal());
        bool isEverywhere = IPAddress.TryParse(Url.DnsSafeHost, out IPAddress? address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
        Uri here = isEverywhere ? new UriBuilder(Url) { Host = "localhost" }.Uri : Url; // No browser goes to an address that stands for all.
        return new Uri(here, $"{PagePaths.Enter}?code={code}");
    }

    /// <summary>Takes no more requests, ends those that are under way, and lets go of the port.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private static Task AnswerReadyAsync(HttpContext context, CancellationToken stopping)
    {
        context.Response.StatusCode = stopping.IsCancellationRequested ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        return context.Response.WriteAsync(stopping.IsCancellationRequested ? "stopping\n" : "ready\n");
    }

    private static void Check(IPEndPoint endpoint, GatewayOptions options)
    {
        if (options is { IsOpen: true, IsPublic: false } && !IPAddress.IsLoopback(endpoint.Address))
        {
            throw new ArgumentException($"{endpoint} is not of this machine alone, and no keys are asked for; accepted: a loopback address.", nameof(endpoint));
        }
    }

    /// <summary>Starts and stops with its caller, and leaves the signals of the process alone.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
