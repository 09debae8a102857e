using NestedLearning.Tiers;

namespace NestedLearning.Embedded.Tests.Storage;

public sealed class LocalTierStoreTests : TierStoreTests, IDisposable
{
    private static readonly StateKey Key = StateKey.Parse("m1/levels/slow");

    private readonly TemporaryFolder _folder = new();
    private readonly LocalTierStore _store;

    public LocalTierStoreTests() => _store = LocalTierStore.Open(_folder["store"]);

    protected override ITierStore Store => _store;

    [Fact]
    public async Task Open_AfterDispose_FindsStatesAndTags()
    {
        string etag = await _store.SaveAsync(Key, "kept"u8.ToArray(), null, default);
        _store.Dispose();

        using LocalTierStore reopened = LocalTierStore.Open(_folder["store"]);

        StoredState? state = await reopened.LoadAsync(Key, default);
        Assert.Equal("kept"u8, state!.Bytes.Span);
        Assert.Equal(etag, state.ETag);
    }

    [Fact]
    public void Open_TwiceOnOneFolder_IsRefusedAndNamesTheFolder()
    {
        StoreException error = Assert.Throws<StoreException>(() => LocalTierStore.Open(_folder["store"]));
        Assert.Equal(StoreProblem.Locked, error.Problem);
        Assert.Equal(_folder["store"], error.Place);
    }

    [Fact]
    public void Open_RefusedByTheLock_LeavesTemporaryFilesOfTheHolder()
    {
        Directory.CreateDirectory(_folder["store/m1"]);
        File.WriteAllText(_folder["store/m1/spec.state.tmp"], "being written");
        Assert.Throws<StoreException>(() => LocalTierStore.Open(_folder["store"]));
        Assert.True(File.Exists(_folder["store/m1/spec.state.tmp"]));
    }

    [Fact]
    public async Task EveryCall_AfterDispose_IsRefused()
    {
        _store.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _store.LoadAsync(Key, default).AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _store.SaveAsync(Key, new byte[1], null, default).AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _store.DeleteAsync(Key, default).AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await _store.ListAsync("", default).GetAsyncEnumerator().MoveNextAsync());
    }

    [Fact]
    public void Open_FolderIsAFile_SaysSo()
    {
        File.WriteAllText(_folder["file"], "");
        StoreException error = Assert.Throws<StoreException>(() => LocalTierStore.Open(_folder["file"]));
        Assert.Equal(StoreProblem.Unavailable, error.Problem);
        Assert.Contains("is a file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ParentMissing_SaysSoAndMakesNothing()
    {
        StoreException error = Assert.Throws<StoreException>(() => LocalTierStore.Open(_folder["not/mounted"]));
        Assert.Equal(StoreProblem.Unavailable, error.Problem);
        Assert.Contains(_folder["not"], error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["not"]));
    }

    [LinuxFact]
    public void Open_FolderThatTheSystemRefuses_IsUnavailable()
    {
        StoreException error = Assert.Throws<StoreException>(() => LocalTierStore.Open("/sys/nested-learning"));
        Assert.Equal(StoreProblem.Unavailable, error.Problem);
    }

    [Fact]
    public async Task EveryCall_FolderGone_IsUnavailableAndNeverAFreshStart()
    {
        Directory.Delete(_folder["store"], recursive: true);
        await FailsAsync(StoreProblem.Unavailable, () => _store.LoadAsync(Key, default));
        await FailsAsync(StoreProblem.Unavailable, () => _store.SaveAsync(Key, new byte[1], null, default));
        await Assert.ThrowsAsync<StoreException>(() => _store.DeleteAsync(Key, default).AsTask());
        await Assert.ThrowsAsync<StoreException>(
            async () => await _store.ListAsync("", default).GetAsyncEnumerator().MoveNextAsync());
        Assert.False(Directory.Exists(_folder["store"]));
    }

    [Fact]
    public async Task SaveAsync_FileWhereAFolderShouldBe_IsUnavailable()
    {
        File.WriteAllText(_folder["store/m1"], "not ours");
        await FailsAsync(StoreProblem.Unavailable, () => _store.SaveAsync(Key, new byte[1], null, default));
        Assert.Equal("not ours", File.ReadAllText(_folder["store/m1"]));
    }

    [Fact]
    public async Task SaveAsync_FolderWhereTheFileShouldBe_FailsAndRemovesItsTemporaryFile()
    {
        Directory.CreateDirectory(_folder["store/m1/levels/slow.state"]);
        await FailsAsync(StoreProblem.Unavailable, () => _store.SaveAsync(Key, new byte[1], null, default));
        Assert.Empty(Directory.GetFiles(_folder["store/m1/levels"]));
    }

    [Fact]
    public async Task ListAsync_ForeignFiles_AreIgnored()
    {
        await _store.SaveAsync(Key, new byte[1], null, default);
        File.WriteAllText(_folder["store/m1/Notes.state"], "");
        File.WriteAllText(_folder["store/m1/spec.state.bak"], "");

        List<StateKey> keys = [];
        await foreach (StateKey key in _store.ListAsync("", default))
        {
            keys.Add(key);
        }

        Assert.Equal([Key], keys);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}
