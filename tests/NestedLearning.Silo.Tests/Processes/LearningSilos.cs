using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Silo.Tests.Processes;

/// <summary>A cluster of two silos that has learned, with schedules that have run.</summary>
public sealed class LearningSilos : IAsyncLifetime
{
    /// <summary>The events of each tenant.</summary>
    public const int Events = 200;

    /// <summary>What consolidates.</summary>
    public static readonly ScheduleSpec Nightly = new(new ScheduleId("nightly"), ScheduledAction.Consolidate, "0 3 * * *");

    /// <summary>What evaluates.</summary>
    public static readonly ScheduleSpec Hourly = new(new ScheduleId("hourly"), ScheduledAction.Evaluate, "0 * * * *");

    /// <summary>The silos.</summary>
    internal IReadOnlyList<SiloProcess> Silos { get; private set; } = [];

    /// <summary>How the slow level stands.</summary>
    public LevelStatus Level { get; private set; } = null!;

    /// <summary>The cluster, by its first silo.</summary>
    internal HttpLearningCluster Cluster { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        SiloProcess first = await SiloProcess.ServeAsync();
        Silos = [first];
        Silos = [first, await SiloProcess.ServeAsync(("Clustering:Primary", $"127.0.0.1:{first.SiloPort}"))];
        Cluster = await Learner.ConnectAsync(first.Url);
        await Learner.FeedTenantsAsync(Cluster, 1, Events);
        foreach (ScheduleSpec schedule in new[] { Nightly, Hourly })
        {
            await Cluster.Schedules.SetAsync(Learner.Model, schedule, default);
            await Cluster.Schedules.RunAsync(new ScheduleAddress(Learner.Model, schedule.Id), RunTicket.Next(), default);
        }

        Level = Assert.Single(await Cluster.GetLevelsAsync(Learner.Model, default));
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await (Cluster?.DisposeAsync() ?? ValueTask.CompletedTask);
        foreach (SiloProcess silo in Silos)
        {
            silo.Dispose();
        }
    }
}
