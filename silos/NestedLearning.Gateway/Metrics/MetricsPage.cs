using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace NestedLearning.Gateway.Metrics;

/// <summary><c>/metrics</c>: all measurements in the text format of Prometheus.</summary>
internal static class MetricsPage
{
    public const string Path = "/metrics";

    private const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    public static Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = MediaType;
        return context.Response.WriteAsync(Text(context.RequestServices.GetRequiredService<MetricsCollector>()), context.RequestAborted);
    }

    /// <summary>The page. Two instruments of one name are one metric, whose type may be said once only.</summary>
    public static string Text(MetricsCollector collector)
    {
        StringBuilder page = new();
        HashSet<string> written = [];
        foreach (IGrouping<Instrument, MetricSeries> instrument in collector.Read())
        {
            string name = PrometheusNames.NameOf(instrument.Key);
            if (written.Add(name))
            {
                page.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {PrometheusNames.TypeOf(instrument.Key)}\n");
                foreach (MetricSeries series in instrument)
                {
                    Write(page, name, series);
                }
            }
        }

        return page.ToString();
    }

    private static void Write(StringBuilder page, string name, MetricSeries series)
    {
        (double value, long count, IReadOnlyList<(double Bound, long Count)> buckets) = series.Read();
        if (!PrometheusNames.IsHistogram(series.Instrument))
        {
            Line("", series.Labels, value);
            return;
        }

        string before = series.Labels.Length == 0 ? "" : series.Labels + ",";
        foreach ((double bound, long below) in buckets)
        {
            Line("_bucket", string.Create(CultureInfo.InvariantCulture, $"{before}le=\"{bound}\""), below);
        }

        Line("_bucket", before + "le=\"+Inf\"", count);
        Line("_sum", series.Labels, value);
        Line("_count", series.Labels, count);

        void Line(string suffix, string labels, double number) =>
            page.Append(CultureInfo.InvariantCulture, $"{name}{suffix}{(labels.Length == 0 ? "" : $"{{{labels}}}")} {number}\n");
    }
}
