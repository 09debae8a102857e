using NestedLearning.Tiers;

namespace NestedLearning.Embedded.Tests.Storage;

/// <summary>A crash at any fault point leaves the old or the new state, whole; the new one only if the rename happened.</summary>
public sealed class StoreCrashTests : IDisposable
{
    private static readonly StateKey Key = StateKey.Parse("m1/levels/slow");

    private readonly TemporaryFolder _folder = new();
    private readonly StoreFaults _faults = new();

    [Fact]
    public async Task SaveAsync_PassesItsPointsInOrder()
    {
        using LocalTierStore store = LocalTierStore.Open(_folder.Root, _faults.Pass);
        await store.SaveAsync(Key, new byte[1], null, default);
        Assert.Equal(
            [
                StoreFaultPoint.AfterTempCreated, StoreFaultPoint.AfterHeaderWritten,
                StoreFaultPoint.AfterPayloadWritten, StoreFaultPoint.AfterFileFlushed,
                StoreFaultPoint.AfterRename, StoreFaultPoint.AfterFolderFlushed,
            ],
            _faults.Passed);
    }

    [Fact]
    public Task Crash_AfterTempCreated_KeepsTheOldState() => CrashKeepsAsync("old", StoreFaultPoint.AfterTempCreated);

    [Fact]
    public Task Crash_AfterHeaderWritten_KeepsTheOldState() => CrashKeepsAsync("old", StoreFaultPoint.AfterHeaderWritten);

    [Fact]
    public Task Crash_AfterPayloadWritten_KeepsTheOldState() => CrashKeepsAsync("old", StoreFaultPoint.AfterPayloadWritten);

    [Fact]
    public Task Crash_AfterFileFlushed_KeepsTheOldState() => CrashKeepsAsync("old", StoreFaultPoint.AfterFileFlushed);

    [Fact]
    public Task Crash_AfterRename_HasTheNewState() => CrashKeepsAsync("new", StoreFaultPoint.AfterRename);

    [Fact]
    public Task Crash_AfterFolderFlushed_HasTheNewState() => CrashKeepsAsync("new", StoreFaultPoint.AfterFolderFlushed);

    [Theory]
    [InlineData(nameof(StoreFaultPoint.AfterTempCreated), false)]
    [InlineData(nameof(StoreFaultPoint.AfterFileFlushed), false)]
    [InlineData(nameof(StoreFaultPoint.AfterRename), true)]
    public async Task Crash_InTheFirstSave_LeavesNothingOrAll(string point, bool isThere)
    {
        using (LocalTierStore store = LocalTierStore.Open(_folder.Root, _faults.Pass))
        {
            await CrashAsync(store, Enum.Parse<StoreFaultPoint>(point), null);
        }

        using LocalTierStore reopened = LocalTierStore.Open(_folder.Root);
        Assert.Equal(isThere, await reopened.LoadAsync(Key, default) is not null);
    }

    [Fact]
    public async Task Crash_AfterDelete_HasNoState()
    {
        using (LocalTierStore store = LocalTierStore.Open(_folder.Root, _faults.Pass))
        {
            await store.SaveAsync(Key, "old"u8.ToArray(), null, default);
            _faults.FailAt = StoreFaultPoint.AfterDelete;
            await Assert.ThrowsAsync<SimulatedCrash>(() => store.DeleteAsync(Key, default).AsTask());
        }

        using LocalTierStore reopened = LocalTierStore.Open(_folder.Root);
        Assert.Null(await reopened.LoadAsync(Key, default));
    }

    public void Dispose() => _folder.Dispose();

    private async Task CrashKeepsAsync(string expected, StoreFaultPoint point)
    {
        using (LocalTierStore store = LocalTierStore.Open(_folder.Root, _faults.Pass))
        {
            string etag = await store.SaveAsync(Key, "old"u8.ToArray(), null, default);
            await CrashAsync(store, point, etag);
        }

        using LocalTierStore reopened = LocalTierStore.Open(_folder.Root);
        StoredState? state = await reopened.LoadAsync(Key, default);
        Assert.Equal(expected, System.Text.Encoding.UTF8.GetString(state!.Bytes.Span));
        Assert.Single(Directory.GetFiles(_folder["m1/levels"]));
        await reopened.SaveAsync(Key, "newer"u8.ToArray(), state.ETag, default);
    }

    private async Task CrashAsync(LocalTierStore store, StoreFaultPoint point, string? etag)
    {
        _faults.FailAt = point;
        await Assert.ThrowsAsync<SimulatedCrash>(() => store.SaveAsync(Key, "new"u8.ToArray(), etag, default).AsTask());
    }
}
