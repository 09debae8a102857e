using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Silo.Tests.Processes;
using NestedLearning.Tiers;
using Npgsql;

namespace NestedLearning.Silo.Tests.Database;

/// <summary>A real database, and the program that prepares and uses it.</summary>
public sealed class DatabaseTests : IAsyncLifetime
{
    private PostgreSqlServer? _server;

    private static string Scripts => Environment.GetEnvironmentVariable(PostgreSqlServer.ScriptsVariable)!;

    private (string, string) Database => ("Clustering:ConnectionString", _server!.ConnectionString);

    public async Task InitializeAsync()
    {
        if (new PostgreSqlFactAttribute().Skip is null)
        {
            _server = await PostgreSqlServer.StartAsync();
        }
    }

    public Task DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        _server?.Dispose();
        return Task.CompletedTask;
    }

    [PostgreSqlFact]
    public async Task Prepare_Twice_ChangesNothingTheSecondTime()
    {
        Assert.Equal((0, "PostgreSQL-Main.sql: applied.\nPostgreSQL-Clustering.sql: applied.\nPostgreSQL-Reminders.sql: applied.\n", ""), await PrepareAsync());
        Assert.Equal(
            (0, "PostgreSQL-Main.sql: was applied before.\nPostgreSQL-Clustering.sql: was applied before.\nPostgreSQL-Reminders.sql: was applied before.\n", ""),
            await PrepareAsync());
    }

    [PostgreSqlFact]
    public async Task Prepare_DatabaseOfAnotherRelease_IsRefusedAndLeftAlone()
    {
        await PrepareAsync();
        await ExecuteAsync("DELETE FROM OrleansQuery WHERE QueryKey = 'GatewaysQueryKey'");

        (int exitCode, _, string error) = await PrepareAsync();

        Assert.Equal(1, exitCode);
        Assert.StartsWith("nl-silo: The database has OrleansMembershipTable, but lacks GatewaysQueryKey: ", error);
    }

    [PostgreSqlFact]
    public async Task Prepare_NotAllowed_SaysWhatTheDatabaseSays()
    {
        await ExecuteAsync("CREATE ROLE guest LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        using SiloProcess prepare = SiloProcess.Start(
            ["database", "prepare", "--scripts", Scripts], ("Clustering:ConnectionString", _server!.ConnectionString.Replace("Username=nl", "Username=guest")));

        (int exitCode, _, string error) = await prepare.EndAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains(" refuses: 42501: permission denied for schema public", error);
    }

    [PostgreSqlFact]
    public async Task Start_DatabaseNotPrepared_SaysHowToPrepareIt()
    {
        using SiloProcess silo = SiloProcess.Start([], ("Clustering:Kind", "PostgreSql"), Database);

        (int exitCode, _, string error) = await silo.EndAsync();

        Assert.Equal(1, exitCode);
        Assert.EndsWith(" has no tables of Orleans; 'nl-silo database prepare' makes them.\n", error);
    }

    [PostgreSqlFact]
    public async Task Start_DatabasePrepared_SilosAndGatewayFindEachOther()
    {
        await PrepareAsync();
        (string, string)[] clustering = [("Clustering:Kind", "PostgreSql"), Database, ("Endpoints:AdvertisedAddress", "127.0.0.1")];
        using SiloProcess first = await SiloProcess.ServeAsync([.. clustering, ("Endpoints:ClientPort", $"{SiloProcess.FreePort()}")]);
        using SiloProcess second = await SiloProcess.ServeAsync(clustering);
        using SiloProcess gateway = await SiloProcess.ServeAsync([.. clustering, ("Role", "Gateway")]);

        await using HttpLearningCluster cluster = await Learner.ConnectAsync(gateway.Url);
        await Learner.FeedTenantsAsync(cluster, 1, 20);

        Assert.Equal(Learner.Tenants.Count * 20, await Learner.LearnedAsync(cluster));
        Assert.Equal("reachable", (string?)(await gateway.ReadinessAsync()).Checks!["cluster"]);
    }

    [PostgreSqlFact]
    public async Task Schedule_SetAndRemoved_HasAReminderInTheDatabaseMeanwhile()
    {
        await PrepareAsync();
        ScheduleSpec yearly = new(new ScheduleId("yearly"), ScheduledAction.Evaluate, "0 0 1 1 *");
        using SiloProcess silo = await SiloProcess.ServeAsync(
            ("Clustering:Kind", "PostgreSql"), Database, ("Endpoints:AdvertisedAddress", "127.0.0.1"));
        await using HttpLearningCluster cluster = await Learner.ConnectAsync(silo.Url);

        await cluster.Schedules.SetAsync(Learner.Model, yearly, default);

        Assert.Equal("schedule/small/yearly", await AskAsync("SELECT GrainId FROM OrleansRemindersTable"));
        await cluster.Schedules.RemoveAsync(new ScheduleAddress(Learner.Model, yearly.Id), default);
        Assert.Null(await AskAsync("SELECT GrainId FROM OrleansRemindersTable"));
    }

    private async Task<(int ExitCode, string Output, string Error)> PrepareAsync()
    {
        using SiloProcess prepare = SiloProcess.Start(["database", "prepare", "--scripts", Scripts], Database);
        return await prepare.EndAsync();
    }

    private Task ExecuteAsync(string sql) => AskAsync(sql);

    private async Task<object?> AskAsync(string sql)
    {
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(_server!.ConnectionString);
        await using NpgsqlCommand command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
