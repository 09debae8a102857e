using System.CommandLine;
using NestedLearning.Silo.Configuration;
using NestedLearning.Silo.Database;
using NestedLearning.Silo.Starting;
using Npgsql;

namespace NestedLearning.Silo.Commands;

/// <summary><c>nl-silo database prepare</c>.</summary>
internal sealed class DatabasePrepareCommand
{
    private const string About = """
        Makes the tables and queries of Orleans in the database that NestedLearning:Clustering:ConnectionString names. The
        scripts are those of Orleans; they are fetched, checked by SHA-256, and applied where they were not applied before.
        """;

    private static readonly TimeSpan FetchPatience = TimeSpan.FromSeconds(15);

    private readonly TextWriter _output;

    private readonly Option<DirectoryInfo?> _scripts = new("--scripts")
    {
        Description = "Take the scripts from this folder instead of the web: " + string.Join(", ", OrleansScript.All.Select(script => script.File)) + ".",
        HelpName = "FOLDER",
    };

    private DatabasePrepareCommand(TextWriter output) => _output = output;

    public static Command Create(TextWriter output)
    {
        DatabasePrepareCommand self = new(output);
        Command command = new("prepare", About);
        command.Options.Add(self._scripts);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string connectionString = ConnectionString(SiloHost.Configure().Configuration);
        using HttpClient web = new();
        ScriptSource source = parsed.GetValue(_scripts) is { } folder
            ? ScriptSources.Folder(folder.FullName)
            : ScriptSources.Web(web, Resilience.Patient(FetchPatience, TimeProvider.System, _ => { }));
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(connectionString);
        try
        {
            await new DatabasePreparation(database, source, _output).RunAsync(cancellationToken);
            return ExitCode.Success;
        }
        catch (Exception error) when (DependencyException.IsFromService(error))
        {
            throw DependencyException.From(DatabaseCheck.Name(connectionString), error);
        }
    }

    /// <summary>Only the database matters here, so nothing else is asked for.</summary>
    private static string ConnectionString(IConfiguration configuration)
    {
        SettingsReader reader = new(configuration.GetSection(SiloSettings.Section));
        ClusteringSettings clustering = ClusteringSettings.Read(reader);
        if (clustering.Kind != ClusteringKind.PostgreSql)
        {
            ClusteringSettings.CheckDatabase(reader, clustering.ConnectionString);
        }

        return reader.Violations.Count == 0 ? clustering.ConnectionString : throw new InvalidSettingsException(reader.Violations);
    }
}
