using NestedLearning.Contracts;
using NestedLearning.Embedded;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting.Tests.Scheduling;

public class LevelSnapshotsTests
{
    private static readonly ModelId Model = new("m");
    private static readonly LevelId Slow = new("slow");

    private readonly MemoryTierStore _store = new();
    private readonly FaultyTierStore _faulty;
    private readonly LevelSnapshots _snapshots;

    public LevelSnapshotsTests()
    {
        _faulty = new FaultyTierStore(_store);
        _snapshots = new LevelSnapshots(_faulty, Model, Slow);
    }

    [Fact]
    public async Task KeepAsync_AVersion_IsTheFrameOfTheVersion()
    {
        KeptVersion kept = await _snapshots.KeepAsync(Version(7), Keeper("daily", 3), default);

        StoredState stored = (await _store.LoadAsync(StateKey.Parse("m/snapshots/slow/7"), default))!;
        Assert.Equal(LevelVersions.Encode(Model, Slow, Version(7)), stored.Bytes.ToArray());
        Assert.Equal(new KeptVersion(Slow, 7, stored.Bytes.Length, true), kept);
        Assert.False((await _snapshots.KeepAsync(Version(7), Keeper("daily", 3), default)).IsNew);
        Assert.Equal((7, 70), (LevelVersions.Follow(null, stored.Bytes).Number, LevelVersions.Follow(null, stored.Bytes).Events));
    }

    [Fact]
    public async Task KeepAsync_MoreThanAreKept_LetsGoOfTheOldest()
    {
        foreach (long version in new[] { 8, 9, 10, 11, 11 })
        {
            await _snapshots.KeepAsync(Version(version), Keeper("daily", 3), default);
        }

        await AssertKeptAsync(9, 10, 11);
        await _snapshots.KeepAsync(Version(12), Keeper("daily", 1), default);
        await AssertKeptAsync(12);
    }

    [Fact]
    public async Task KeepAsync_TwoSchedules_EachKeepsItsOwn()
    {
        for (long version = 1; version <= 6; version++)
        {
            await _snapshots.KeepAsync(Version(version), Keeper("hourly", 2), default);
            if (version % 2 == 1)
            {
                await _snapshots.KeepAsync(Version(version), Keeper("daily", 2), default);
            }
        }

        await AssertKeptAsync(3, 5, 6);
    }

    [Fact]
    public async Task KeepAsync_TwoSchedulesAtOnce_LoseNothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
            await new LevelSnapshots(_store, Model, Slow).KeepAsync(Version(i), Keeper($"schedule-{i}", 1), default))));

        await AssertKeptAsync(0, 1, 2, 3);
    }

    /// <summary>Whichever save is cut off, the index knows every state that there is, and the next call goes on.</summary>
    [Theory]
    [InlineData(SaveFault.UnavailableBefore)]
    [InlineData(SaveFault.UnavailableAfter)]
    public async Task KeepAsync_CutOffAnywhere_LeavesNothingBehind(SaveFault fault)
    {
        for (int saves = 0; saves < 3; saves++)
        {
            await _snapshots.KeepAsync(Version((10 * saves) + 1), Keeper("daily", 1), default);
            _faulty.FailAfter(saves, fault);

            await Assert.ThrowsAsync<StoreException>(async () =>
                await _snapshots.KeepAsync(Version((10 * saves) + 2), Keeper("daily", 1), default));

            await _snapshots.KeepAsync(Version((10 * saves) + 3), Keeper("daily", 1), default);
            await AssertKeptAsync((10 * saves) + 3);
        }
    }

    private static ScheduleSpec Keeper(string name, int keep) =>
        new(new ScheduleId(name), ScheduledAction.Snapshot, "0 * * * *") { Keep = keep };

    private static LevelVersion Version(long number) => new(number, number * 10, [new IntegerTensor("n", new[] { number })]);

    private async Task AssertKeptAsync(params long[] expected)
    {
        List<long> versions = [];
        await foreach (StateKey key in _store.ListAsync("m/snapshots/slow/", default))
        {
            versions.Add(long.Parse(key.Value.Split('/')[^1]));
        }

        Assert.Equal(expected, versions.Order());
    }
}
