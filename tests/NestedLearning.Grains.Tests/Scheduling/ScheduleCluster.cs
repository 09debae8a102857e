using Microsoft.Extensions.DependencyInjection;
using NestedLearning.Contracts;
using NestedLearning.Embedded;
using NestedLearning.Grains.Tests.Cluster;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace NestedLearning.Grains.Tests.Scheduling;

/// <summary>Silos with a model that has an hourly schedule, whose action ends when a test likes.</summary>
internal sealed class ScheduleCluster : IAsyncDisposable
{
    public static readonly ScheduleAddress Address = new(new ModelId("m"), new ScheduleId("hourly"));

    public static readonly ScheduleSpec Hourly = new(Address.Schedule, ScheduledAction.Consolidate, "0 * * * *");

    private ScheduleCluster(TestTiers tiers, ITierStore store, ManualTime time, DurableReminders reminders, ManualActions actions) =>
        (Tiers, Store, Time, Reminders, Actions) = (tiers, store, time, reminders, actions);

    public TestTiers Tiers { get; }

    public ITierStore Store { get; }

    public ManualTime Time { get; }

    public DurableReminders Reminders { get; }

    public ManualActions Actions { get; }

    public ISchedules Schedules => Tiers.Schedules;

    private IScheduleGrain Grain => Tiers.Cluster.Client.GetGrain<IScheduleGrain>(Address.ToString());

    /// <summary>Starts the silos and sets the schedule at midnight.</summary>
    public static async Task<ScheduleCluster> CreateAsync(short silos, Action<TierSiloOptions>? configure = null)
    {
        ScheduleCluster cluster = await OpenAsync(silos, new MemoryTierStore(), new ManualTime(), configure);
        await cluster.Tiers.CreateModelAsync(Address.Model, new ClassifierSpec { Features = 64 }, new RoundPolicy(), default);
        await cluster.Schedules.SetAsync(Address.Model, Hourly, default);
        return cluster;
    }

    /// <summary>Starts silos over what others left, of which no reminder is.</summary>
    public static async Task<ScheduleCluster> OpenAsync(
        short silos, ITierStore store, ManualTime time, Action<TierSiloOptions>? configure = null)
    {
        (DurableReminders reminders, ManualActions actions) = (new(), new());
        TestTiers tiers = await TestTiers.StartAsync(silos, store, time, configure, silo =>
        {
            reminders.AddTo(silo);
            silo.Services.AddSingleton<IScheduledActions>(actions);
            silo.Services.Configure<ClusterMembershipOptions>(NoticeDeathSoon);
        });
        return new ScheduleCluster(tiers, store, time, reminders, actions);
    }

    /// <summary>Ticks the reminder an hour later, and returns once the action is under way, which then waits.</summary>
    public async Task BeginAsync()
    {
        int begun = Actions.Begun;
        Time.Advance(TimeSpan.FromHours(1));
        Task tick = TickAsync();
        await UntilAsync(() => ValueTask.FromResult(Actions.Begun > begun));
        _ = tick.ContinueWith(task => task.Exception, TaskScheduler.Default); // Its silo may not outlive it.
    }

    /// <summary>Tells the grain that it may be time.</summary>
    public Task TickAsync() => Grain.ReceiveReminder("next", default);

    /// <summary>Ticks as reminders do, again and again and whatever goes wrong, until something holds of the records, newest first.</summary>
    public Task TickUntilAsync(Func<IReadOnlyList<ScheduleRun>, bool> condition) => UntilAsync(async () =>
    {
        try
        {
            await TickAsync();
        }
        catch (Exception error) when (TierCalls.MayPass(error))
        {
            return false;
        }

        return condition(await Schedules.GetRunsAsync(Address, default));
    });

    /// <summary>The silo that began the last run.</summary>
    public async Task<InProcessSiloHandle> OwnerAsync()
    {
        string owner = (await Schedules.GetRunsAsync(Address, default))[0].Owner;
        return Tiers.Cluster.Silos.Single(silo => silo.SiloAddress.ToParsableString() == owner);
    }

    public static async Task UntilAsync(Func<ValueTask<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Yield();
        }
    }

    public ValueTask DisposeAsync()
    {
        Actions.Finish();
        return Tiers.DisposeAsync();
    }

    private static void NoticeDeathSoon(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(2);
        options.NumMissedProbesLimit = 2;
        options.NumVotesForDeathDeclaration = 1;
    }
}
