using System.Collections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace NestedLearning.Gateway.Telemetry;

/// <summary>Metrics and traces by OTLP, where the standard variable of the environment says whereto.</summary>
internal static class TelemetryExport
{
    private const string Prefix = "OTEL_";
    private const string Endpoint = Prefix + "EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Meters = ["NestedLearning.*", "Microsoft.AspNetCore.*", "Microsoft.Orleans*", "System.Runtime"];
    private static readonly string[] Sources = ["NestedLearning.*", "Microsoft.AspNetCore", "Microsoft.Orleans*"];

    /// <summary>Lets a host that reads no configuration know the variables of OpenTelemetry, which its exporters look for there.</summary>
    public static void AddTelemetryVariables(this IConfigurationBuilder configuration) => configuration.AddInMemoryCollection(
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(variable => ((string)variable.Key).StartsWith(Prefix, StringComparison.Ordinal))
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value)));

    /// <summary>Adds the exporters; the other variables of OpenTelemetry count too. Without the endpoint, nothing is sent.</summary>
    public static void AddTelemetryExport(this IServiceCollection services)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Endpoint)))
        {
            return;
        }

        services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddOtlpExporter())
            .WithTracing(traces => traces.AddSource(Sources).AddOtlpExporter());
    }
}
