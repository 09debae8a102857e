using NestedLearning.Silo.Starting;
using Npgsql;

namespace NestedLearning.Silo.Database;

/// <summary>Whether a database can hold the table of members: seen before Orleans starts, to be told in one line.</summary>
internal static class DatabaseCheck
{
    private const string Sql = "SELECT count(*) FROM OrleansQuery WHERE QueryKey IN ('MembershipReadAllKey', 'ReadReminderRowsKey')";
    private const string Advice = "'nl-silo database prepare' makes them.";

    /// <exception cref="DependencyException">The database cannot be used.</exception>
    public static async Task RunAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(connectionString);
        await using NpgsqlCommand command = database.CreateCommand(Sql);
        try
        {
            if ((long)(await command.ExecuteScalarAsync(cancellationToken))! < 2)
            {
                throw new DependencyException($"{Name(connectionString)} lacks queries of Orleans; {Advice}");
            }
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            throw new DependencyException($"{Name(connectionString)} has no tables of Orleans; {Advice}", error);
        }
    }

    /// <summary>A database as it may be shown: without user and password.</summary>
    public static string Name(string connectionString)
    {
        NpgsqlConnectionStringBuilder parts = new(connectionString);
        return $"PostgreSQL database '{parts.Database ?? parts.Username}' at {parts.Host}:{parts.Port}";
    }
}
