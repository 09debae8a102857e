using Microsoft.Extensions.Logging.Console;
using NestedLearning.Gateway;
using NestedLearning.Silo.Clustering;
using NestedLearning.Silo.Configuration;
using NestedLearning.Silo.Health;
using NestedLearning.Silo.Http;
using NestedLearning.Silo.Starting;
using NestedLearning.Silo.Stopping;

namespace NestedLearning.Silo;

/// <summary>Puts the process together: Orleans, the HTTP API, health, the dashboard.</summary>
internal static class SiloHost
{
    /// <summary>A builder with the configuration read: the file beside the program, and the environment over it.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read.</exception>
    public static WebApplicationBuilder Configure() =>
        WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });

    public static WebApplication Build(WebApplicationBuilder builder, SiloSettings settings)
    {
        AddLogging(builder.Logging);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(settings.Lifetime);
        builder.Services.AddSingleton(settings.Storage);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Dependencies>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.Lifetime.Stop);
        if (settings.Role == HostRole.Silo)
        {
            builder.UseOrleans(silo => silo.AddCluster(settings));
            builder.Services.AddHostedService<DrainService>();
        }
        else
        {
            builder.UseOrleansClient(client => client.AddCluster(settings, TimeProvider.System));
        }

        builder.Services.AddLearningGateway(settings.Api.ApplyTo);
        builder.Services.AddReadiness(settings);
        builder.AddListeners(settings);

        WebApplication application = builder.Build();
        application.UseListeners();
        application.UseLearningAccess();
        application.MapLearningApi();
        application.MapReadiness();
        application.MapDashboard(settings.Dashboard);
        return application;
    }

    /// <summary>Where everything is, in one line.</summary>
    public static string Describe(WebApplication application)
    {
        SiloSettings settings = application.Services.GetRequiredService<SiloSettings>();
        string cluster = $"cluster '{settings.Clustering.ClusterId}' ({settings.Clustering.Kind})";
        string role = application.Services.GetService<ILocalSiloDetails>() is { } silo
            ? $"silo {silo.SiloAddress.Endpoint} of {cluster}, storage {settings.Storage.Kind}"
            : $"gateway of {cluster}";
        return $"Listening on {string.Join(", dashboard on ", application.Urls)}; {role}";
    }

    /// <summary>Standard output is for the one line about addresses.</summary>
    private static void AddLogging(ILoggingBuilder logging) => logging
        .ClearProviders()
        .AddSimpleConsole(console => console.SingleLine = true)
        .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None) // The command tells of a failed start.
        .Services.Configure<ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
