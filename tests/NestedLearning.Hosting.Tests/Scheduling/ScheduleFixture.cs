using NestedLearning.Contracts;
using NestedLearning.Embedded;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting.Tests.Scheduling;

/// <summary>A store, a clock at midnight, and hosts of one hourly schedule over them.</summary>
internal sealed class ScheduleFixture
{
    public static readonly ScheduleAddress Address = new(new ModelId("m"), new ScheduleId("hourly"));

    public static readonly ScheduleSpec Hourly = new(Address.Schedule, ScheduledAction.Consolidate, "0 * * * *");

    public ManualTime Time { get; } = new();

    public FaultyTierStore Store { get; } = new(new MemoryTierStore());

    public ManualActions Actions { get; } = new();

    /// <summary>The owners that are gone.</summary>
    public HashSet<string> Gone { get; } = [];

    public ValueTask<ScheduleHost> OpenAsync(string owner = "a") => ScheduleHost.OpenAsync(
        Address,
        new ScheduleHosting(Store, Actions, owner) { Time = Time, IsGoneAsync = (run, _) => ValueTask.FromResult(run.Owner == owner || Gone.Contains(run.Owner)) },
        default);

    /// <summary>A host whose schedule was set at midnight.</summary>
    public async Task<ScheduleHost> CreateAsync(ScheduleSpec? spec = null)
    {
        ScheduleHost host = await OpenAsync();
        await host.SetAsync(spec ?? Hourly, default);
        return host;
    }

    /// <summary>Lets what is due begin, and returns while it is under way.</summary>
    public async Task<Task> BeginAsync(ScheduleHost host)
    {
        int begun = Actions.Begun;
        Task look = host.RunDueAsync(default, default).AsTask();
        await UntilAsync(() => Actions.Begun > begun);
        return look;
    }

    public static async Task<ScheduleRun> LastAsync(ScheduleHost host) => (await host.GetRunsAsync(default))[0];

    public static async Task UntilAsync(Func<bool> condition)
    {
        for (int i = 0; i < 10_000_000; i++)
        {
            if (condition())
            {
                return;
            }

            await Task.Yield();
        }

        Assert.Fail("What was under way did not come about.");
    }
}
