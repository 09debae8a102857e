using Microsoft.AspNetCore.Server.Kestrel.Core;
using NestedLearning.Gateway.Tls;
using NestedLearning.Silo.Configuration;
using Orleans.Dashboard;

namespace NestedLearning.Silo.Http;

/// <summary>The ports for HTTP: the API's, and the dashboard's when there is one. Each serves its own only.</summary>
internal static class Listeners
{
    public static void AddListeners(this WebApplicationBuilder builder, SiloSettings settings)
    {
        builder.Services.AddSingleton<ConnectionCutOff>();
        builder.WebHost.UseUrls().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(settings.Api.Endpoint, listener =>
            {
                Serve(listener, Listener.Api);
                listener.UseGatewayTls();
            });
            if (settings.Dashboard.IsEnabled)
            {
                kestrel.Listen(settings.Dashboard.Endpoint, listener => Serve(listener, Listener.Dashboard));
            }
        });
    }

    /// <summary>Refuses what comes in by the other port. It goes by the connection, as the host name of a request is the sender's choice.</summary>
    public static void UseListeners(this WebApplication application)
    {
        application.UseRouting();
        application.Use((context, next) =>
        {
            Listener wanted = context.GetEndpoint()?.Metadata.GetMetadata<Listener>() ?? Listener.Api;
            if (context.Features.Get<Listener>() == wanted)
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    public static void MapDashboard(this WebApplication application, DashboardSettings settings)
    {
        if (settings.IsEnabled)
        {
            application.MapOrleansDashboard().WithMetadata(Listener.Dashboard);
        }
    }

    private static void Serve(ListenOptions options, Listener listener)
    {
        ConnectionCutOff cutOff = options.ApplicationServices.GetRequiredService<ConnectionCutOff>();
        options.Use(next => connection =>
        {
            connection.Features.Set(listener);
            return cutOff.ServeAsync(connection, next);
        });
    }

    /// <summary>What a port is for.</summary>
    private sealed record Listener(string Name)
    {
        public static Listener Api { get; } = new("api");

        public static Listener Dashboard { get; } = new("dashboard");
    }
}
