using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting.Tests;

public sealed class MemoryHostTests
{
    private static readonly ModelId Model = new("m");
    private static readonly SourceId Source = new("client");
    private static readonly ModelSettings Settings = new(new ClassifierSpec { Features = 64, Period = 5, PeriodGrowth = 0 }, new RoundPolicy());

    private readonly GatedStore _store = new();

    [Fact]
    public async Task DisposeAsync_WhileItIsBeingDisposed_WaitsForTheSameSave()
    {
        await using ConsolidatorHost level = await OpenLevelAsync();
        MemoryHost memory = await OpenMemoryAsync(level);
        await FeedAsync(memory, 1, 3);
        _store.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        Task first = memory.DisposeAsync().AsTask();
        Task second = memory.DisposeAsync().AsTask();
        Assert.False(first.IsCompleted || second.IsCompleted);

        _store.Gate.SetException(new StoreException(StoreProblem.Full, "test", "no space"));
        await Assert.ThrowsAsync<StoreException>(() => first);
        await Assert.ThrowsAsync<StoreException>(() => second);
    }

    [Fact]
    public async Task PrivateBytes_OfEventsAndUpdates_IsKnownAfterEachTurnAndAfterOpening()
    {
        await using ConsolidatorHost level = await OpenLevelAsync();
        long fed;
        await using (MemoryHost memory = await OpenMemoryAsync(level))
        {
            long empty = memory.PrivateBytes;
            await FeedAsync(memory, 1, 3);
            fed = memory.PrivateBytes;
            Assert.InRange(fed, empty + 1, long.MaxValue);
        }

        await using MemoryHost again = await OpenMemoryAsync(level);
        Assert.InRange(again.PrivateBytes, 1, fed);
        await again.FlushAsync(Source, FlushTicket.Next(), default, default);
        Assert.Equal(3, level.Version == 1 ? (await level.GetStatusAsync(default)).Events : 0);
        Assert.InRange(again.PrivateBytes, 0, fed - 1);
    }

    [Fact]
    public async Task OpenAsync_TheLevelLostWhatItCalledDurable_SaysSoInsteadOfWaiting()
    {
        await using (ConsolidatorHost level = await OpenLevelAsync())
        {
            await using MemoryHost memory = await OpenMemoryAsync(level);
            await FeedAsync(memory, 1, 3);
            await memory.FlushAsync(Source, FlushTicket.Next(), default, default);
            await FeedAsync(memory, 4, 1); // Saved when it is closed, without the update that is durable above.
        }

        await _store.DeleteAsync(StateKey.Consolidator(Model, ClassifierSpec.SlowLevel), default);
        await using ConsolidatorHost empty = await OpenLevelAsync();
        LevelBehindException error = await Assert.ThrowsAsync<LevelBehindException>(async () => await OpenMemoryAsync(empty));

        Assert.Equal((ClassifierSpec.SlowLevel, 0, 1), (error.Level, error.DurableThrough, error.Expected));
    }

    private ValueTask<ConsolidatorHost> OpenLevelAsync() =>
        ConsolidatorHost.OpenAsync(Model, Settings, ClassifierSpec.SlowLevel, Hosting(), default);

    private ValueTask<MemoryHost> OpenMemoryAsync(ILevelLink level) =>
        MemoryHost.OpenAsync(new MemoryAddress(Model, new TenantId("t")), Settings, [level], Hosting(), default);

    private TierHosting Hosting() => new(_store, new CallersCompute());

    private static ValueTask<FeedProgress> FeedAsync(MemoryHost memory, int first, int count) =>
        memory.FeedAsync(
            new EventBatch(
                Source,
                [.. Enumerable.Range(first, count).Select(i => new LearningEvent(
                    i, new FeatureInput(new SparseVector(new[] { (ushort)i }, new[] { 1f })), $"class-{i}"))]),
            default,
            default);

    /// <summary>A store in memory whose saves wait for a gate.</summary>
    private sealed class GatedStore : ITierStore
    {
        private readonly Dictionary<StateKey, StoredState> _states = [];

        public TaskCompletionSource? Gate { get; set; }

        public ValueTask<StoredState?> LoadAsync(StateKey key, CancellationToken cancellationToken)
        {
            lock (_states)
            {
                return ValueTask.FromResult(_states.GetValueOrDefault(key));
            }
        }

        public async ValueTask<string> SaveAsync(
            StateKey key, ReadOnlyMemory<byte> state, string? expectedETag, CancellationToken cancellationToken)
        {
            await (Gate?.Task ?? Task.CompletedTask);
            lock (_states)
            {
                _states[key] = new StoredState(state.ToArray(), Guid.NewGuid().ToString());
                return _states[key].ETag;
            }
        }

        public ValueTask DeleteAsync(StateKey key, CancellationToken cancellationToken)
        {
            lock (_states)
            {
                _states.Remove(key);
                return ValueTask.CompletedTask;
            }
        }
    }
}
