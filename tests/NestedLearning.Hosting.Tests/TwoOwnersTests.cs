using NestedLearning.Embedded;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting.Tests;

/// <summary>Two owners of one state, as a cluster has them for a moment when it takes a silo for dead that is not.</summary>
public sealed class TwoOwnersTests
{
    private static readonly ModelId Model = new("m");
    private static readonly SourceId Source = new("client");
    private static readonly ModelSettings Settings = new(new ClassifierSpec { Features = 64, Period = 1, PeriodGrowth = 0 }, new RoundPolicy());

    private readonly InterruptedStore _store = new();

    [Fact]
    public async Task SubmitAsync_AnotherOwnerHasFoldedWhatCameBefore_IsAConflict()
    {
        await using ConsolidatorHost stale = await OpenLevelAsync();
        await using ConsolidatorHost level = await OpenLevelAsync();
        MovedLink link = new() { Owner = level };
        await using MemoryHost memory = await OpenMemoryAsync(link);
        await FeedAsync(memory, 1, 1);
        await memory.FlushAsync(Source, FlushTicket.Next(), default, default);

        link.Owner = stale;
        await FeedAsync(memory, 2, 1);
        StoreException error = await Assert.ThrowsAsync<StoreException>(
            async () => await memory.FlushAsync(Source, FlushTicket.Next(), default, default));
        Assert.Equal(StoreProblem.Conflict, error.Problem);
        link.Owner = level;
    }

    [Fact]
    public async Task OpenAsync_MemoryHasHeardOfMoreThanItsLevelSays_IsAConflict()
    {
        await using ConsolidatorHost stale = await OpenLevelAsync();
        await using (ConsolidatorHost level = await OpenLevelAsync())
        await using (MemoryHost memory = await OpenMemoryAsync(level))
        {
            await FeedAsync(memory, 1, 1);
            await memory.FlushAsync(Source, FlushTicket.Next(), default, default);
            await FeedAsync(memory, 2, 1); // Saved with it: the first update is not kept any more.
        }

        StoreException error = await Assert.ThrowsAsync<StoreException>(async () => await OpenMemoryAsync(stale));
        Assert.Equal(StoreProblem.Conflict, error.Problem);
    }

    [Fact]
    public async Task FeedAsync_AnotherOwnerHasTheEventsBefore_IsAConflict()
    {
        await using ConsolidatorHost level = await OpenLevelAsync();
        await using MemoryHost stale = await OpenMemoryAsync(level);
        await using (MemoryHost memory = await OpenMemoryAsync(level))
        {
            await FeedAsync(memory, 1, 1);
            await memory.FlushAsync(Source, FlushTicket.Next(), default, default);
        }

        StoreException error = await Assert.ThrowsAsync<StoreException>(async () => await FeedAsync(stale, 2, 1, after: 1));
        Assert.Equal(StoreProblem.Conflict, error.Problem);
    }

    [Fact]
    public async Task OpenAsync_WhileAnotherOwnerChangesTheBase_LosesNothing()
    {
        List<ConsolidatorHost> others = [];
        _store.BeforeStateOfANewBase = async () => others.Add(await OpenLevelAsync());
        await using ConsolidatorHost level = await OpenLevelAsync();
        await using (MemoryHost memory = await OpenMemoryAsync(level))
        {
            for (int i = 1; i < 64; i++)
            {
                await FeedAsync(memory, i, 1);
                await memory.FlushAsync(Source, FlushTicket.Next(), default, default);
            }
        }

        Assert.NotEmpty(others);
        await using ConsolidatorHost again = await OpenLevelAsync();
        Assert.Equal(63, (await again.GetStatusAsync(default)).Events);
    }

    [Fact]
    public async Task RollbackAsync_AnotherOwnerHasRolledBackFurther_LeavesWhatIsInQuarantine()
    {
        await using (ConsolidatorHost level = await OpenLevelAsync())
        await using (MemoryHost memory = await OpenMemoryAsync(level))
        {
            for (int i = 1; i <= 3; i++)
            {
                await FeedAsync(memory, i, 1);
                await memory.FlushAsync(Source, FlushTicket.Next(), default, default);
            }
        }

        await using ConsolidatorHost stale = await OpenLevelAsync();
        await using ConsolidatorHost owner = await OpenLevelAsync();
        LineageEntry rolledBack = await owner.RollbackAsync(2, 3, default);
        StoreException error = await Assert.ThrowsAsync<StoreException>(async () => await stale.RollbackAsync(1, 3, default));
        Assert.Equal(StoreProblem.Conflict, error.Problem);

        await using ConsolidatorHost again = await OpenLevelAsync();
        LineageEntry replayed = await again.ReplayAsync(rolledBack.Version, default);
        Assert.Equal((5L, 3L), (replayed.Version, replayed.Events));
    }

    [Fact]
    public async Task ForgetAsync_AnotherOwnerHasDoneIt_IsAConflictAndTakesNothingBack()
    {
        ModelSettings settings = Settings with { Policy = new RoundPolicy { Forgettable = true, KeptRounds = 0 } };
        await using (ConsolidatorHost level = await OpenLevelAsync(settings))
        await using (MemoryHost memory = await OpenMemoryAsync(level))
        {
            for (int i = 1; i < 64; i++)
            {
                await FeedAsync(memory, i, 1);
                await memory.FlushAsync(Source, FlushTicket.Next(), default, default);
            }
        }

        SourceId tenant = new("t");
        await using ConsolidatorHost stale = await OpenLevelAsync(settings);
        await using ConsolidatorHost owner = await OpenLevelAsync(settings);
        Assert.Equal(new ForgottenLevel(ClassifierSpec.SlowLevel, 64, 63), await owner.ForgetAsync(tenant, default));
        StoreException error = await Assert.ThrowsAsync<StoreException>(async () => await stale.ForgetAsync(tenant, default));
        Assert.Equal(StoreProblem.Conflict, error.Problem);

        await using ConsolidatorHost again = await OpenLevelAsync(settings);
        Assert.Equal(new ForgottenLevel(ClassifierSpec.SlowLevel, null, 0), await again.ForgetAsync(tenant, default));
        Assert.Equal((64L, 0L), ((await again.GetStatusAsync(default)).Version, (await again.GetStatusAsync(default)).Events));
    }

    [Fact]
    public async Task ReplayAsync_AnotherOwnerHasForgottenWhatIsInQuarantine_IsAConflict()
    {
        ModelSettings settings = Settings with { Policy = new RoundPolicy { Forgettable = true } };
        long left;
        await using (ConsolidatorHost level = await OpenLevelAsync(settings))
        await using (MemoryHost memory = await OpenMemoryAsync(level))
        {
            await FeedAsync(memory, 1, 1);
            await memory.FlushAsync(Source, FlushTicket.Next(), default, default);
            left = (await level.RollbackAsync(0, 1, default)).Version;
        }

        await using ConsolidatorHost stale = await OpenLevelAsync(settings);
        await using ConsolidatorHost owner = await OpenLevelAsync(settings);
        await owner.ForgetAsync(new SourceId("t"), default);
        StoreException error = await Assert.ThrowsAsync<StoreException>(async () => await stale.ReplayAsync(left, default));
        Assert.Equal(StoreProblem.Conflict, error.Problem); // and not a quarantine that is damaged
    }

    private ValueTask<ConsolidatorHost> OpenLevelAsync(ModelSettings? settings = null) =>
        ConsolidatorHost.OpenAsync(Model, settings ?? Settings, ClassifierSpec.SlowLevel, new TierHosting(_store, new CallersCompute()), default);

    private ValueTask<MemoryHost> OpenMemoryAsync(ILevelLink level) => MemoryHost.OpenAsync(
        new MemoryAddress(Model, new TenantId("t")), Settings, [level], new TierHosting(_store, new CallersCompute()), default);

    private static ValueTask<FeedProgress> FeedAsync(MemoryHost memory, int first, int count, long after = 0)
    {
        LearningEvent[] events =
        [
            .. Enumerable.Range(first, count).Select(i => new LearningEvent(
                i, new FeatureInput(new SparseVector(Indices(i), Indices(i).Select(_ => 1f).ToArray())), "class")),
        ];
        return memory.FeedAsync(new EventBatch(Source, events) { After = after }, default, default);
    }

    /// <summary>Keys long enough that the updates soon outweigh the level's own state.</summary>
    private static ushort[] Indices(int i) => [.. Enumerable.Range(0, 64).Where(feature => feature != i).Select(feature => (ushort)feature)];

    /// <summary>A level whose owner changes.</summary>
    private sealed class MovedLink : ILevelLink
    {
        public required ConsolidatorHost Owner { get; set; }

        public LevelId Level => Owner.Level;

        public long Version => Owner.Version;

        public ValueTask<Receipt> SubmitAsync(ReadOnlyMemory<byte> update, CancellationToken cancellationToken) =>
            Owner.SubmitAsync(update, cancellationToken);

        public ValueTask<PulledVersion> PullAsync(SourceId source, LevelVersion? last, CancellationToken cancellationToken) =>
            Owner.PullAsync(source, last, cancellationToken);

        public ValueTask<LevelMarks> GetOwnedMarksAsync(SourceId source, CancellationToken cancellationToken) =>
            Owner.GetOwnedMarksAsync(source, cancellationToken);

        public ValueTask WaitForVersionAfterAsync(long version, CancellationToken cancellationToken) =>
            Owner.WaitForVersionAfterAsync(version, cancellationToken);
    }

    /// <summary>A store that lets something happen between the save of a base and that of the state which refers to it.</summary>
    private sealed class InterruptedStore : ITierStore
    {
        private readonly MemoryTierStore _inner = new();
        private bool _hasNewBase;

        public Func<Task> BeforeStateOfANewBase { get; set; } = () => Task.CompletedTask;

        public ValueTask<StoredState?> LoadAsync(StateKey key, CancellationToken cancellationToken) => _inner.LoadAsync(key, cancellationToken);

        public async ValueTask<string> SaveAsync(
            StateKey key, ReadOnlyMemory<byte> state, string? expectedETag, CancellationToken cancellationToken)
        {
            bool isBase = key.Value.Contains("-base-", StringComparison.Ordinal);
            if (_hasNewBase && !isBase)
            {
                await BeforeStateOfANewBase();
            }

            _hasNewBase = isBase;
            return await _inner.SaveAsync(key, state, expectedETag, cancellationToken);
        }

        public ValueTask DeleteAsync(StateKey key, CancellationToken cancellationToken) => _inner.DeleteAsync(key, cancellationToken);
    }
}
