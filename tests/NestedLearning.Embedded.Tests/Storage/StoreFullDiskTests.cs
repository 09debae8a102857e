using NestedLearning.Tiers;

namespace NestedLearning.Embedded.Tests.Storage;

/// <summary>A full disk is reported as such, costs nothing that was saved, and leaves no rubbish behind.</summary>
public sealed class StoreFullDiskTests : IDisposable
{
    private static readonly StateKey Key = StateKey.Parse("m1/spec");

    private readonly TemporaryFolder _folder = new();
    private readonly StoreFaults _faults = new();
    private readonly LocalTierStore _store;

    public StoreFullDiskTests() => _store = LocalTierStore.Open(_folder.Root, _faults.Pass);

    [Theory]
    [InlineData(28, nameof(StoreFaultPoint.AfterTempCreated))]
    [InlineData(28, nameof(StoreFaultPoint.AfterHeaderWritten))]
    [InlineData(28, nameof(StoreFaultPoint.AfterPayloadWritten))]
    [InlineData(122, nameof(StoreFaultPoint.AfterHeaderWritten))]
    [InlineData(unchecked((int)0x80070070), nameof(StoreFaultPoint.AfterHeaderWritten))]
    public async Task SaveAsync_NoSpace_IsFullAndKeepsTheOldState(int code, string point)
    {
        string etag = await _store.SaveAsync(Key, "old"u8.ToArray(), null, default);
        _faults.FailAt = Enum.Parse<StoreFaultPoint>(point);
        _faults.Failure = new IOException("no space left", code);

        Assert.Equal(StoreProblem.Full, (await SaveFailsAsync(etag)).Problem);

        await IsOldAndAloneAsync();
        _faults.FailAt = null;
        await _store.SaveAsync(Key, "new"u8.ToArray(), etag, default);
    }

    [Fact]
    public async Task SaveAsync_DiskFails_IsUnavailableAndKeepsTheOldState()
    {
        string etag = await _store.SaveAsync(Key, "old"u8.ToArray(), null, default);
        _faults.FailAt = StoreFaultPoint.AfterPayloadWritten;
        _faults.Failure = new IOException("the flush failed", 5);

        StoreException error = await SaveFailsAsync(etag);

        Assert.Equal(StoreProblem.Unavailable, error.Problem);
        Assert.Contains("the flush failed", error.Message, StringComparison.Ordinal);
        await IsOldAndAloneAsync();
    }

    [Fact]
    public async Task SaveAsync_FolderFlushFails_SaysThatTheNewStateIsInPlace()
    {
        string etag = await _store.SaveAsync(Key, "old"u8.ToArray(), null, default);
        _faults.FailAt = StoreFaultPoint.AfterRename;
        _faults.Failure = new IOException("no space left", 28);

        StoreException error = await SaveFailsAsync(etag);

        Assert.Equal(StoreProblem.Unavailable, error.Problem);
        Assert.Contains("in place", error.Message, StringComparison.Ordinal);
        StoredState? state = await _store.LoadAsync(Key, default);
        Assert.Equal("new"u8, state!.Bytes.Span);
        Assert.NotEqual(etag, state.ETag);
    }

    [LinuxFact]
    public async Task SaveAsync_RealDeviceWithoutSpace_IsFullAndKeepsTheOldState()
    {
        string etag = await _store.SaveAsync(Key, "old"u8.ToArray(), null, default);
        File.CreateSymbolicLink(_folder["m1/spec.state.tmp"], "/dev/full");

        Assert.Equal(StoreProblem.Full, (await SaveFailsAsync(etag)).Problem);

        await IsOldAndAloneAsync();
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private async Task<StoreException> SaveFailsAsync(string etag) =>
        await Assert.ThrowsAsync<StoreException>(() => _store.SaveAsync(Key, "new"u8.ToArray(), etag, default).AsTask());

    private async Task IsOldAndAloneAsync()
    {
        StoredState? state = await _store.LoadAsync(Key, default);
        Assert.Equal("old"u8, state!.Bytes.Span);
        Assert.Equal([_folder["m1/spec.state"]], Directory.GetFileSystemEntries(_folder["m1"]));
    }
}
