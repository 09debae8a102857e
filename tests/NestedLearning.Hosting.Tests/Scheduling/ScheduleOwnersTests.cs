using NestedLearning.Contracts;
using NestedLearning.Tiers;
using static NestedLearning.Hosting.Tests.Scheduling.ScheduleFixture;

namespace NestedLearning.Hosting.Tests.Scheduling;

/// <summary>Owners of one schedule that follow each other, or do not know of each other.</summary>
public class ScheduleOwnersTests
{
    private readonly ScheduleFixture _fixture = new();

    [Fact]
    public async Task RunDueAsync_ManyOwnersAtOnce_RunEveryTimeOnce()
    {
        _fixture.Actions.Finish();
        await (await _fixture.CreateAsync()).DisposeAsync();
        ScheduleHost[] hosts = [.. await Task.WhenAll(Enumerable.Range(0, 8).Select(i => _fixture.OpenAsync($"owner-{i}").AsTask()))];
        for (int hour = 1; hour <= 20; hour++)
        {
            _fixture.Time.Advance(TimeSpan.FromHours(1));

            await Task.WhenAll(hosts.Select(host => Task.Run(async () => await host.RunDueAsync(default, default))));

            Assert.Equal(hour, _fixture.Actions.Begun);
        }

        await using ScheduleHost last = await _fixture.OpenAsync();
        IReadOnlyList<ScheduleRun> runs = await last.GetRunsAsync(default);
        Assert.Equal(20, runs.Select(run => run.Planned).Distinct().Count());
        Assert.All(runs, run => Assert.Equal(RunOutcome.Succeeded, run.Outcome));
    }

    [Fact]
    public async Task RunDueAsync_TheOwnerDiedMidRun_InterruptsItAndRunsAgainOnce()
    {
        ScheduleHost dead = await _fixture.CreateAsync();
        _fixture.Time.Advance(TimeSpan.FromHours(1));
        await _fixture.BeginAsync(dead);
        await using ScheduleHost heir = await _fixture.OpenAsync("b");

        Assert.Equal(_fixture.Time.GetUtcNow() + ScheduleHost.LookAfterRun, await heir.RunDueAsync(default, default)); // it may be alive
        await Assert.ThrowsAsync<ScheduleBusyException>(async () => await heir.RunNowAsync(RunTicket.Next(), default, default));
        Assert.Equal(1, _fixture.Actions.Begun);
        _fixture.Gone.Add("a");
        Task look = await _fixture.BeginAsync(heir);
        _fixture.Actions.Finish();
        await look;

        ScheduleRun[] runs = [.. await heir.GetRunsAsync(default)];
        Assert.Equal([RunCause.Rerun, RunCause.Time], runs.Select(run => run.Cause));
        Assert.Equal([RunOutcome.Succeeded, RunOutcome.Interrupted], runs.Select(run => run.Outcome));
        Assert.Equal(runs[1].Planned, runs[0].Planned);
        Assert.Equal(2, _fixture.Actions.Begun);
    }

    [Fact]
    public async Task RunDueAsync_TheOwnerWasTakenForDead_DoesNotRecordItsEnd()
    {
        ScheduleHost taken = await _fixture.CreateAsync();
        _fixture.Time.Advance(TimeSpan.FromHours(1));
        Task old = await _fixture.BeginAsync(taken);
        _fixture.Gone.Add("a");
        await using ScheduleHost heir = await _fixture.OpenAsync("b");
        Task look = await _fixture.BeginAsync(heir);

        _fixture.Actions.Finish();
        await Task.WhenAll(old, look);

        await taken.RunDueAsync(default, default);
        Assert.Equal([RunOutcome.Succeeded, RunOutcome.Interrupted], (await heir.GetRunsAsync(default)).Select(run => run.Outcome));
        Assert.Equal([RunOutcome.Succeeded, RunOutcome.Interrupted], (await taken.GetRunsAsync(default)).Select(run => run.Outcome));
    }

    [Fact]
    public async Task RunDueAsync_AnotherOwnerEndedItsRun_GoesOn()
    {
        ScheduleHost first = await _fixture.CreateAsync();
        _fixture.Time.Advance(TimeSpan.FromHours(1));
        Task run = await _fixture.BeginAsync(first);
        await using ScheduleHost second = await _fixture.OpenAsync("b");
        await second.RunDueAsync(default, default); // finds it under way
        _fixture.Actions.Finish();
        await run;
        _fixture.Time.Advance(TimeSpan.FromHours(1));

        await second.RunDueAsync(default, default);

        Assert.Equal(["b", "a"], (await second.GetRunsAsync(default)).Select(each => each.Owner));
    }

    [Fact]
    public async Task OpenAsync_UnderTheSameNameAfterACrash_RunsAgainAtOnce()
    {
        ManualActions endless = new();
        ScheduleHost dead = await ScheduleHost.OpenAsync(Address, new ScheduleHosting(_fixture.Store, endless, "a") { Time = _fixture.Time }, default);
        await dead.SetAsync(Hourly, default);
        _fixture.Time.Advance(TimeSpan.FromHours(1));
        _ = dead.RunDueAsync(default, default).AsTask();
        await UntilAsync(() => endless.Begun == 1);
        await using ScheduleHost again = await _fixture.OpenAsync();

        Task look = await _fixture.BeginAsync(again);
        _fixture.Actions.Finish();
        await look;

        Assert.Equal([RunOutcome.Succeeded, RunOutcome.Interrupted], (await again.GetRunsAsync(default)).Select(run => run.Outcome));
    }

    [Fact]
    public async Task DisposeAsync_MidRun_InterruptsItAndTheNextOwnerRunsAgain()
    {
        ScheduleHost host = await _fixture.CreateAsync();
        _fixture.Time.Advance(TimeSpan.FromHours(1));
        Task look = await _fixture.BeginAsync(host);

        await host.DisposeAsync();

        await look;
        Assert.Equal(RunOutcome.Interrupted, (await LastAsync(host)).Outcome);
        await Assert.ThrowsAsync<StoppingException>(async () => await host.RunNowAsync(RunTicket.Next(), default, default));
        _fixture.Actions.Finish();
        await using ScheduleHost next = await _fixture.OpenAsync("b");
        await next.RunDueAsync(default, default);
        Assert.Equal((RunCause.Rerun, RunOutcome.Succeeded), ((await LastAsync(next)).Cause, (await LastAsync(next)).Outcome));
        Assert.Equal(2, _fixture.Actions.Begun);
    }

    [Theory]
    [InlineData(MissedRunPolicy.RunOnce, 1)]
    [InlineData(MissedRunPolicy.Skip, 0)]
    public async Task RunDueAsync_NobodyWasThereForADay_FollowsThePolicy(MissedRunPolicy policy, int runs)
    {
        _fixture.Actions.Finish();
        await (await _fixture.CreateAsync(Hourly with { Missed = policy })).DisposeAsync();
        _fixture.Time.Advance(TimeSpan.FromHours(25.5));
        await using ScheduleHost host = await _fixture.OpenAsync("b");

        DateTimeOffset? next = await host.RunDueAsync(default, default);

        Assert.Equal((runs, _fixture.Time.GetUtcNow().AddMinutes(30)), (_fixture.Actions.Begun, next));
    }

    [Fact]
    public async Task RunNowAsync_RepeatedAfterItsOwnerDied_TellsOfTheInterruptionAndHasSomebodyLookAtOnce()
    {
        ScheduleHost dead = await _fixture.CreateAsync();
        RunTicket ticket = RunTicket.Next();
        _ = dead.RunNowAsync(ticket, default, default).AsTask();
        await UntilAsync(() => _fixture.Actions.Begun == 1);
        _fixture.Gone.Add("a");
        await using ScheduleHost heir = await _fixture.OpenAsync("b");
        Assert.Equal(_fixture.Time.GetUtcNow() + ScheduleHost.LookAfterRun, await heir.GetNextLookAsync(default));

        ScheduleRun run = await heir.RunNowAsync(ticket, default, default);

        Assert.Equal((1, RunOutcome.Interrupted), (run.Number, run.Outcome));
        Assert.Equal(_fixture.Time.GetUtcNow(), await heir.GetNextLookAsync(default));
        _fixture.Actions.Finish();
        await heir.RunDueAsync(default, default);
        Assert.Equal((RunCause.Rerun, _fixture.Time.GetUtcNow().AddHours(1)), ((await LastAsync(heir)).Cause, await heir.GetNextLookAsync(default)));
    }

    [Fact]
    public async Task IsRunning_WhileTheStoreHasARunThatIsUnderWay_Holds()
    {
        ScheduleHost? host = null;
        List<bool> seen = [];
        WatchedStore store = new(_fixture.Store, () => seen.Add(host!.IsRunning));
        host = await ScheduleHost.OpenAsync(Address, new ScheduleHosting(store, _fixture.Actions, "a") { Time = _fixture.Time }, default);
        await host.SetAsync(Hourly, default);
        _fixture.Actions.Finish();

        await host.RunNowAsync(RunTicket.Next(), default, default);

        Assert.Equal([false, true, true], seen); // set, begun, ended
        Assert.False(host.IsRunning);
        await host.DisposeAsync();
    }

    private sealed class WatchedStore(ITierStore inner, Action saved) : ITierStore
    {
        public ValueTask<StoredState?> LoadAsync(StateKey key, CancellationToken cancellationToken) => inner.LoadAsync(key, cancellationToken);

        public async ValueTask<string> SaveAsync(
            StateKey key, ReadOnlyMemory<byte> state, string? expectedETag, CancellationToken cancellationToken)
        {
            string tag = await inner.SaveAsync(key, state, expectedETag, cancellationToken);
            saved();
            return tag;
        }

        public ValueTask DeleteAsync(StateKey key, CancellationToken cancellationToken) => inner.DeleteAsync(key, cancellationToken);
    }
}
