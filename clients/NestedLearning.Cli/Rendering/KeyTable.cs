using System.Globalization;
using NestedLearning.Gateway.Access;
using Spectre.Console;

namespace NestedLearning.Cli.Rendering;

/// <summary>Keys as a table; times are in UTC.</summary>
internal static class KeyTable
{
    public static Table Of(IReadOnlyList<ApiKey> keys, DateTimeOffset now)
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumns("Key", "Scopes", "Tenants", "Valid until", "Requests a minute", "Events a minute");
        foreach (ApiKey key in keys)
        {
            table.AddRow(
                new Text(key.Name.Value),
                new Text(string.Join(", ", key.Scopes.Order().Select(ApiScopes.NameOf))),
                new Text(key.Tenants is null ? "all" : string.Join(", ", key.Tenants)),
                new Text(Until(key.Expires, now)),
                new Text(Limit(key.RequestsPerMinute)),
                new Text(Limit(key.EventsPerMinute)));
        }

        return table;
    }

    private static string Until(DateTimeOffset? expires, DateTimeOffset now) => expires switch
    {
        null => Figures.None,
        { } time when time <= now => "expired",
        { } time => time.UtcDateTime.ToString("u", CultureInfo.InvariantCulture),
    };

    private static string Limit(int? count) => count is { } limit ? Figures.Count(limit) : Figures.None;
}
