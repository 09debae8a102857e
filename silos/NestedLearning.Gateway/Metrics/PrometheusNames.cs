using System.Diagnostics.Metrics;
using System.Text;

namespace NestedLearning.Gateway.Metrics;

/// <summary>What instruments and tags are called on the page of metrics.</summary>
internal static class PrometheusNames
{
    /// <summary>Whether its values are changes, which add up.</summary>
    public static bool IsChange(Instrument instrument) => Kind(instrument) is "Counter`1" or "UpDownCounter`1" or "Histogram`1";

    /// <summary>Whether its values are counted by their size.</summary>
    public static bool IsHistogram(Instrument instrument) => Kind(instrument) == "Histogram`1";

    /// <summary>The type as Prometheus knows it.</summary>
    public static string TypeOf(Instrument instrument) => Kind(instrument) switch
    {
        "Counter`1" or "ObservableCounter`1" => "counter",
        "Histogram`1" => "histogram",
        _ => "gauge",
    };

    /// <summary>The name: with underscores, the unit of times, and <c>_total</c> for what only grows.</summary>
    public static string NameOf(Instrument instrument)
    {
        string name = Clean(instrument.Name) + (instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" });
        return TypeOf(instrument) == "counter" ? name + "_total" : name;
    }

    /// <summary>Tags as labels, without braces; empty for none.</summary>
    public static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        StringBuilder labels = new();
        foreach ((string name, object? value) in tags)
        {
            labels.Append(labels.Length == 0 ? "" : ",").Append(Clean(name)).Append("=\"").Append(Escape(value?.ToString() ?? "")).Append('"');
        }

        return labels.ToString();
    }

    private static string Kind(Instrument instrument) => instrument.GetType().Name;

    private static string Clean(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
