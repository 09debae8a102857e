using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace NestedLearning.Silo.Database;

/// <summary>
/// Makes the tables and queries of Orleans in a database. Each script is applied whole or not at all, and one that was
/// applied is left alone, so that doing it again, or twice at once, changes nothing.
/// </summary>
internal sealed partial class DatabasePreparation(NpgsqlDataSource database, ScriptSource source, TextWriter output)
{
    /// <summary>Whoever holds this lock prepares; the number is this program's own.</summary>
    private const long Lock = 0x4e4c_5349_4c4f;

    /// <exception cref="ScriptException">A script is missing or another one, or the database was prepared by another release.</exception>
    /// <exception cref="NpgsqlException">The database does not answer, or refuses.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        List<(OrleansScript Script, string Sql)> scripts = [];
        foreach (OrleansScript script in OrleansScript.All)
        {
            byte[] content = await source(script, cancellationToken);
            script.Check(content);
            scripts.Add((script, Encoding.UTF8.GetString(content)));
        }

        await using NpgsqlConnection connection = await database.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({Lock})", cancellationToken);
        foreach ((OrleansScript script, string sql) in scripts)
        {
            bool isApplied = await IsAppliedAsync(connection, script, sql, cancellationToken);
            if (!isApplied)
            {
                await ExecuteAsync(connection, sql, cancellationToken);
            }

            output.WriteLine($"{script.File}: {(isApplied ? "was applied before" : "applied")}.");
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The names of the queries that a script stores.</summary>
    internal static IReadOnlyList<string> QueriesOf(string sql) =>
        [.. QueryName().Matches(sql).Select(match => match.Groups["name"].Value)];

    private static async Task<bool> IsAppliedAsync(NpgsqlConnection connection, OrleansScript script, string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand table = new("SELECT to_regclass($1) IS NOT NULL", connection) { Parameters = { new() { Value = script.Table.ToLowerInvariant() } } };
        if (!(bool)(await table.ExecuteScalarAsync(cancellationToken))!)
        {
            return false;
        }

        string[] missing = await MissingAsync(connection, QueriesOf(sql), cancellationToken);
        return missing.Length == 0 ? true : throw new ScriptException(
            $"The database has {script.Table}, but lacks {string.Join(", ", missing)}: it was prepared by another release of Orleans. "
            + "Apply that release's migrations first, or use a new database.");
    }

    private static async Task<string[]> MissingAsync(NpgsqlConnection connection, IReadOnlyList<string> queries, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT array(SELECT name FROM unnest($1) AS name WHERE name NOT IN (SELECT QueryKey FROM OrleansQuery))";
        await using NpgsqlCommand command = new(Sql, connection) { Parameters = { new() { Value = queries.ToArray() } } };
        return (string[])(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [GeneratedRegex(@"^\s*'(?<name>[A-Za-z0-9]+Key)'\s*,", RegexOptions.Multiline)]
    private static partial Regex QueryName();
}
