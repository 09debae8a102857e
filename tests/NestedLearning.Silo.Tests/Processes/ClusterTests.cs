using System.Net;
using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Silo.Tests.Processes;

/// <summary>Several processes as one engine.</summary>
public sealed class ClusterTests
{
    private const int Events = 600;

    private static readonly MemoryAddress Ann = new(Learner.Model, new TenantId("ann"));

    [Fact]
    public async Task TwoSilos_TaughtThroughOne_AnswerThroughTheOther()
    {
        using SiloProcess first = await SiloProcess.ServeAsync();
        using SiloProcess second = await SiloProcess.ServeAsync(Joining(first));
        await using HttpLearningCluster one = await Learner.ConnectAsync(first.Url);
        await using HttpLearningCluster other = await Learner.ConnectAsync(second.Url);

        await Learner.FeedAsync(one, Ann, 1, Events);
        await one.FlushAsync(Ann, Learner.Source, default);

        Assert.Equal(Events, await Learner.LearnedAsync(other));
        Assert.Equal("class-1", (await other.PredictAsync(Ann, [Learner.Input(1)], default))[0].Label);
    }

    [Fact]
    public async Task Gateway_OfASilo_ServesItAndSaysWhenItIsGone()
    {
        int port = SiloProcess.FreePort();
        using SiloProcess silo = await SiloProcess.ServeAsync(("Endpoints:ClientPort", $"{port}"));
        using SiloProcess gateway = await SiloProcess.ServeAsync(("Role", "Gateway"), ("Endpoints:ClientPort", $"{port}"));
        await using HttpLearningCluster cluster = await Learner.ConnectAsync(gateway.Url);

        await Learner.FeedAsync(cluster, Ann, 1, 10);

        Assert.Equal(10, (await cluster.GetMemoryAsync(Ann, default)).Learned);
        Assert.Equal((HttpStatusCode.OK, "reachable"), await CheckAsync(gateway));
        await silo.KillAsync();
        while (await CheckAsync(gateway) != (HttpStatusCode.ServiceUnavailable, "unreachable"))
        {
        }
    }

    [AzuriteFact]
    public async Task TwoSilosOnBlobs_OneToldToStopWhileItLearns_EveryEventCountsOnce()
    {
        using Azurite azurite = await Azurite.StartAsync();
        using SiloProcess first = await SiloProcess.ServeAsync(On(azurite));
        using SiloProcess second = await SiloProcess.ServeAsync([.. On(azurite), .. Joining(first)]);
        await using HttpLearningCluster cluster = await Learner.ConnectAsync(first.Url);

        await Learner.FeedTenantsAsync(cluster, 1, Events / 2);
        Task more = Learner.FeedTenantsAsync(cluster, (Events / 2) + 1, Events / 2);
        await second.TerminateAsync();
        Assert.Equal(0, (await second.EndAsync()).ExitCode);
        await more;

        Assert.Equal(Learner.Tenants.Count * Events, await Learner.LearnedAsync(cluster));
    }

    [AzuriteFact]
    public async Task TwoSilosOnBlobs_OneKilledWhileItLearns_EveryEventCountsOnce()
    {
        using Azurite azurite = await Azurite.StartAsync();
        using SiloProcess first = await SiloProcess.ServeAsync(On(azurite));
        using SiloProcess second = await SiloProcess.ServeAsync([.. On(azurite), .. Joining(first)]);
        await using HttpLearningCluster cluster = await Learner.ConnectAsync(first.Url);

        await Learner.FeedTenantsAsync(cluster, 1, Events / 2);
        Task more = Learner.FeedTenantsAsync(cluster, (Events / 2) + 1, Events / 2);
        await second.KillAsync();
        await more;

        Assert.Equal(Learner.Tenants.Count * Events, await Learner.LearnedAsync(cluster));
    }

    [AzuriteFact]
    public async Task OneSiloOnBlobs_KilledAndStartedAgain_KnowsWhatWasDurable()
    {
        using Azurite azurite = await Azurite.StartAsync();
        using (SiloProcess silo = await SiloProcess.ServeAsync(On(azurite)))
        {
            await using HttpLearningCluster cluster = await Learner.ConnectAsync(silo.Url);
            await Learner.FeedAsync(cluster, Ann, 1, Events);
            await cluster.FlushAsync(Ann, Learner.Source, default);
            await silo.KillAsync();
        }

        using SiloProcess again = await SiloProcess.ServeAsync(On(azurite));
        await using HttpLearningCluster after = HttpLearningCluster.Connect(again.Url);

        Assert.Equal(Events, await Learner.LearnedAsync(after));
        Assert.Equal("reachable", (string?)(await again.ReadinessAsync()).Checks!["storage"]);
        await azurite.KillAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await again.ReadinessAsync()).Status);
    }

    private static (string Key, string Value)[] On(Azurite azurite) =>
        [("Storage:Kind", "AzureBlob"), ("Storage:ConnectionString", azurite.ConnectionString)];

    private static (string Key, string Value)[] Joining(SiloProcess first) => [("Clustering:Primary", $"127.0.0.1:{first.SiloPort}")];

    private static async Task<(HttpStatusCode Status, string? Cluster)> CheckAsync(SiloProcess gateway)
    {
        var (status, checks) = await gateway.ReadinessAsync();
        return (status, (string?)checks!["cluster"]);
    }
}
