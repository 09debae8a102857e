using System.Net;
using NestedLearning.Silo.Configuration;
using NestedLearning.Silo.Starting;
using NestedLearning.Silo.Stopping;

namespace NestedLearning.Silo.Commands;

/// <summary><c>nl-silo</c> itself: a silo or a gateway, until it is told to stop.</summary>
internal static class RunCommand
{
    public static async Task<int> ExecuteAsync(TextWriter output, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = SiloHost.Configure();
        SiloSettings settings = SiloSettings.Read(builder.Configuration);
        await using WebApplication application = SiloHost.Build(builder, settings);
        await application.Services.GetRequiredService<Dependencies>().CheckAsync(cancellationToken);
        using StopSignals signals = StopSignals.Watch(() => Environment.Exit(ExitCode.Failed));
        Ports.Check(settings);
        await StartAsync(application, cancellationToken);
        output.WriteLine(SiloHost.Describe(application));
        if (settings.Api.Limits.IsOpen && !IPAddress.IsLoopback(settings.Api.Endpoint.Address))
        {
            output.WriteLine("Whoever reaches this address may teach and ask every model.");
        }

        await application.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Success;
    }

    /// <summary>Whatever keeps it from starting is told in one line; the log has more.</summary>
    private static async Task StartAsync(WebApplication application, CancellationToken cancellationToken)
    {
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new DependencyException($"Could not start: {DependencyException.Reason(error)}.", error);
        }
    }
}
