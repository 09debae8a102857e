using NestedLearning.Tiers;

namespace NestedLearning.Contracts;

/// <content>What a schedule does when nobody was there.</content>
public abstract partial class SchedulesTests
{
    [Fact]
    public async Task OpenAsync_TimesWereMissed_RunsOnce()
    {
        ITierStore store = CreateStore();
        await using (ScheduledEngine first = await OpenWithModelAsync(Hourly, store))
        {
            await FeedAsync(first, "a", 1, 5);
            await AdvanceAsync(first, TimeSpan.FromHours(1));
            await RunsAsync(first, Address, 1);
        }

        _time.Advance(TimeSpan.FromHours(7.5));
        await using ScheduledEngine again = await OpenAsync(store, _time);
        await again.TickAsync();

        IReadOnlyList<ScheduleRun> runs = await RunsAsync(again, Address, 2);
        Assert.Equal((_time.GetUtcNow().AddHours(-6.5), _time.GetUtcNow()), (runs[0].Planned, runs[0].Started));
        Assert.Equal(_time.GetUtcNow().AddMinutes(30), (await again.Schedules.ListAsync(Model, default))[0].Next);
        await AdvanceAsync(again, TimeSpan.FromMinutes(30));
        await RunsAsync(again, Address, 3);
    }

    [Fact]
    public async Task OpenAsync_TimesWereMissedAndSkipped_GoesOnWithTheNext()
    {
        ITierStore store = CreateStore();
        await (await OpenWithModelAsync(Hourly with { Missed = MissedRunPolicy.Skip }, store)).DisposeAsync();
        _time.Advance(TimeSpan.FromHours(7.5));
        await using ScheduledEngine again = await OpenAsync(store, _time);
        await again.TickAsync();

        await AdvanceAsync(again, TimeSpan.FromMinutes(30));

        ScheduleRun run = Assert.Single(await RunsAsync(again, Address, 1));
        Assert.Equal(_time.GetUtcNow(), run.Planned);
    }

    [Fact]
    public async Task OpenAsync_ARemovedSchedule_StaysAway()
    {
        ITierStore store = CreateStore();
        await using (ScheduledEngine first = await OpenWithModelAsync(Hourly, store))
        {
            await first.Schedules.SetAsync(Model, Hourly with { Id = new("second") }, default);
            await first.Schedules.RemoveAsync(Address, default);
        }

        await using ScheduledEngine again = await OpenAsync(store, _time);
        Assert.Equal("second", Assert.Single(await again.Schedules.ListAsync(Model, default)).Spec.Id.Value);
    }
}
