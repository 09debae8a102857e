using NestedLearning.Contracts;
using NestedLearning.Embedded;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting.Tests;

/// <summary>Memories that are made to send, and a level that is made to fold, before either would.</summary>
public sealed class SendUpTests : IAsyncLifetime
{
    private static readonly ModelId Model = new("m");
    private static readonly LevelId Slow = ClassifierSpec.SlowLevel;
    private static readonly SourceId Source = new("s");
    private static readonly ModelSettings Settings =
        new(new ClassifierSpec { Features = 64, Period = 100 }, new RoundPolicy { MinContributors = 3, Synchronous = true });

    private readonly TierHosting _hosting = new(new MemoryTierStore(), new CallersCompute()) { Time = new ManualTime() };
    private ConsolidatorHost _level = null!;
    private MemoryHost _memory = null!;

    public async Task InitializeAsync()
    {
        _level = await ConsolidatorHost.OpenAsync(Model, Settings, Slow, _hosting, default);
        _memory = await MemoryHost.OpenAsync(new MemoryAddress(Model, new TenantId("a")), Settings, [_level], _hosting, default);
    }

    public async Task DisposeAsync()
    {
        _level.StopWaiting();
        await _memory.DisposeAsync();
        await _level.DisposeAsync();
    }

    [Fact]
    public async Task SendUpAsync_WithinAPeriod_IsDurableAndInTheRound()
    {
        await LearnAsync(1, 5);

        Assert.True(await _memory.SendUpAsync(null, default));

        Assert.False(await _memory.SendUpAsync(null, default));
        Assert.Equal((0, 1), ((await _level.GetStatusAsync(default)).Version, (await _level.GetStatusAsync(default)).RoundContributors));
        Assert.Equal(new Receipt(5, 5), await _memory.SaveAsync(Source, default));
    }

    [Fact]
    public async Task FoldNowAsync_WithoutTheQuorum_MakesTheNextVersion()
    {
        await LearnAsync(1, 5);
        await _memory.SendUpAsync(Slow, default);

        LevelStatus folded = await _level.FoldNowAsync(default);

        Assert.Equal((1, 5, 0), (folded.Version, folded.Events, folded.RoundContributors));
        Assert.Equal(1, (await _level.FoldNowAsync(default)).Version); // an empty round makes no version
    }

    [Fact]
    public async Task FoldNowAsync_WhileAFlushWaits_LetsItEnd()
    {
        await LearnAsync(1, 5);
        Task<FlushProgress> flush = _memory.FlushAsync(Source, FlushTicket.Next(), CancellationToken.None, default).AsTask();
        while ((await _level.GetStatusAsync(default)).RoundContributors == 0)
        {
            await Task.Yield();
        }

        Assert.False(await _memory.SendUpAsync(null, default)); // it does not wait for the flush
        await _level.FoldNowAsync(default);

        Assert.True((await flush).IsSettled);
    }

    [Fact]
    public async Task LearningCounter_EventsLearned_AreCountedOnce()
    {
        await LearnAsync(1, 5);
        await LearnAsync(3, 5);

        LearningTotals totals = _hosting.Learning.Read();

        MemoryStatus status = await _memory.GetStatusAsync(default);
        Assert.Equal((7, status.Learned, status.Correct), (totals.Learned, totals.Learned, totals.Correct));
    }

    private ValueTask<FeedProgress> LearnAsync(int first, int count) => _memory.FeedAsync(
        new EventBatch(Source, [.. Enumerable.Range(first, count).Select(i => new LearningEvent(i, new TextInput($"word{i % 3}"), $"class {i % 3}"))]),
        CancellationToken.None,
        default);
}
