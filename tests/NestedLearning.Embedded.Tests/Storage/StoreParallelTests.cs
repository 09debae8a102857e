using NestedLearning.Tiers;

namespace NestedLearning.Embedded.Tests.Storage;

/// <summary>Calls for one key take turns; calls for different keys do not wait for each other; a running call keeps the lock.</summary>
public sealed class StoreParallelTests : IDisposable
{
    private static readonly StateKey Held = StateKey.Parse("m1/held");
    private static readonly StateKey Free = StateKey.Parse("m1/free");

    private readonly TemporaryFolder _folder = new();
    private readonly ManualResetEventSlim _resume = new();
    private readonly TaskCompletionSource _paused = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task SaveAsync_AnotherKeyIsBusy_Finishes()
    {
        using LocalTierStore store = LocalTierStore.Open(_folder.Root, PauseFirst);
        Task<string> held = store.SaveAsync(Held, new byte[1], null, default).AsTask();
        await _paused.Task;

        string etag = await store.SaveAsync(Free, new byte[1], null, default);
        Assert.NotEmpty(etag);
        Assert.False(held.IsCompleted);

        _resume.Set();
        await held;
    }

    [Fact]
    public async Task LoadAsync_SaveOfTheKeyRuns_WaitsAndSeesIt()
    {
        using LocalTierStore store = LocalTierStore.Open(_folder.Root, PauseFirst);
        Task<string> held = store.SaveAsync(Held, "new"u8.ToArray(), null, default).AsTask();
        await _paused.Task;

        Task<StoredState?> load = store.LoadAsync(Held, default).AsTask();
        using CancellationTokenSource impatient = new();
        Task<StoredState?> abandoned = store.LoadAsync(Held, impatient.Token).AsTask();
        impatient.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);
        Assert.False(load.IsCompleted);

        _resume.Set();
        await held;
        StoredState? loaded = await load;
        Assert.Equal("new"u8, loaded!.Bytes.Span);
    }

    [Fact]
    public async Task Dispose_ACallRuns_LetsItFinishUnderTheLock()
    {
        LocalTierStore store = LocalTierStore.Open(_folder.Root, PauseFirst);
        Task<string> held = store.SaveAsync(Held, new byte[1], null, default).AsTask();
        await _paused.Task;

        store.Dispose();
        Assert.Throws<StoreException>(() => LocalTierStore.Open(_folder.Root));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.LoadAsync(Free, default).AsTask());

        _resume.Set();
        string etag = await held;
        using LocalTierStore reopened = LocalTierStore.Open(_folder.Root);
        Assert.Equal(etag, (await reopened.LoadAsync(Held, default))!.ETag);
    }

    public void Dispose()
    {
        _resume.Dispose();
        _folder.Dispose();
    }

    private void PauseFirst(StoreFaultPoint point)
    {
        if (point == StoreFaultPoint.AfterTempCreated && _paused.TrySetResult())
        {
            _resume.Wait();
        }
    }
}
