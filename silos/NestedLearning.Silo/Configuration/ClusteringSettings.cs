using System.Net;
using Npgsql;
using Orleans.Configuration;

namespace NestedLearning.Silo.Configuration;

/// <summary>Where silos find each other.</summary>
internal enum ClusteringKind
{
    /// <summary>Silos of one machine; the table of members is in one of them. For developers.</summary>
    Localhost,

    /// <summary>The table of members is in a PostgreSQL database.</summary>
    PostgreSql,
}

/// <summary>Which cluster this silo belongs to, and where it finds the others.</summary>
/// <param name="Kind">Where silos find each other.</param>
/// <param name="ClusterId">The same for silos that form one cluster.</param>
/// <param name="ServiceId">The same for all clusters that ever work on one state; part of the keys of reminders.</param>
/// <param name="ConnectionString">The database, for <see cref="ClusteringKind.PostgreSql"/>; never shown.</param>
/// <param name="Primary">The silo that holds the table, for <see cref="ClusteringKind.Localhost"/>; null for this one.</param>
internal sealed record ClusteringSettings(
    ClusteringKind Kind, string ClusterId, string ServiceId, string ConnectionString, IPEndPoint? Primary)
{
    private const string ConnectionStringKey = "Clustering:ConnectionString";
    private const string Names = "1 to 64 of a-z, A-Z, 0-9, '-', '_' and '.'";

    public static ClusteringSettings Read(SettingsReader reader)
    {
        ClusteringSettings settings = new(
            reader.Choice("Clustering:Kind", ClusteringKind.Localhost),
            reader.Text("Clustering:ClusterId", "default", Names, IsName),
            reader.Text("Clustering:ServiceId", "nested-learning", Names, IsName),
            reader.Secret(ConnectionStringKey),
            reader.Read<IPEndPoint?>("Clustering:Primary", null, "an address and a port of this machine, such as 127.0.0.1:11111", IsLoopback));
        if (settings.Kind == ClusteringKind.PostgreSql)
        {
            CheckDatabase(reader, settings.ConnectionString);
        }

        return settings;
    }

    /// <summary>Checks the connection string as far as can be seen from it.</summary>
    public static void CheckDatabase(SettingsReader reader, string connectionString)
    {
        if (connectionString.Length == 0)
        {
            reader.Refuse(ConnectionStringKey, "is not set; PostgreSQL needs it");
            return;
        }

        try
        {
            if (new NpgsqlConnectionStringBuilder(connectionString).Host is null or "")
            {
                reader.Refuse(ConnectionStringKey, "names no Host");
            }
        }
        catch (ArgumentException)
        {
            reader.Refuse(ConnectionStringKey, "is no connection string of PostgreSQL, such as Host=NAME;Database=NAME;Username=NAME");
        }
    }

    /// <summary>Gives Orleans the names.</summary>
    public void ApplyTo(ClusterOptions options)
    {
        options.ClusterId = ClusterId;
        options.ServiceId = ServiceId;
    }

    private static bool IsName(string text) =>
        text.Length <= 64 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    private static bool IsLoopback(string text, out IPEndPoint? endpoint) =>
        IPEndPoint.TryParse(text, out endpoint) && IPAddress.IsLoopback(endpoint.Address) && endpoint.Port != 0;
}
