using NestedLearning.Embedded;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting.Tests;

/// <summary>States that a model of the same name left behind, as by an owner that saved them after it was deleted.</summary>
public sealed class IncarnationTests
{
    private static readonly ModelId Model = new("m");
    private static readonly SourceId Source = new("client");
    private static readonly ModelSettings Settings = new(new ClassifierSpec { Features = 64, Period = 5, PeriodGrowth = 0 }, new RoundPolicy());

    private readonly MemoryTierStore _store = new();

    [Theory]
    [InlineData("first", "second")]
    [InlineData("", "second")]
    [InlineData("first", "")]
    public async Task OpenAsync_StatesOfAnotherIncarnation_BeginsWithNothingAndReplacesThem(string left, string now)
    {
        await LearnAsync(left, 20);
        Assert.Equal((20L, 20L), await LearnAsync(left, 20)); // The same one goes on.

        Assert.Equal((7L, 7L), await LearnAsync(now, 7));
        Assert.Equal((7L, 7L), await LearnAsync(now, 7));
    }

    [Fact]
    public async Task FeedAsync_MemoryThatIsNotNamedYet_IsNamedBeforeItLearnsAndOnce()
    {
        List<MemoryAddress> named = [];
        TierHosting hosting = new(_store, new CallersCompute())
        {
            Incarnation = "first",
            NameMemoryAsync = (memory, _) =>
            {
                named.Add(memory);
                return ValueTask.CompletedTask;
            },
        };
        for (int opened = 0; opened < 2; opened++)
        {
            await using ConsolidatorHost level = await ConsolidatorHost.OpenAsync(Model, Settings, ClassifierSpec.SlowLevel, hosting, default);
            await using MemoryHost memory = await OpenAsync(level, hosting);
            Assert.Equal(opened, named.Count);
            await FeedAsync(memory, 1, 3);
            await FeedAsync(memory, 4, 3);
            Assert.Equal([new MemoryAddress(Model, new TenantId("t"))], named);
        }
    }

    [Fact]
    public async Task FeedAsync_MemoryThatCannotBeNamed_LearnsNothing()
    {
        TierHosting hosting = new(_store, new CallersCompute())
        {
            NameMemoryAsync = (_, _) => throw new StoreException(StoreProblem.Full, "names", "the test has no space"),
        };
        await using ConsolidatorHost level = await ConsolidatorHost.OpenAsync(Model, Settings, ClassifierSpec.SlowLevel, hosting, default);
        await using MemoryHost memory = await OpenAsync(level, hosting);

        await Assert.ThrowsAsync<StoreException>(async () => await FeedAsync(memory, 1, 3));

        Assert.Equal(0, (await memory.GetStatusAsync(default)).Learned);
    }

    private static ValueTask<MemoryHost> OpenAsync(ILevelLink level, TierHosting hosting) =>
        MemoryHost.OpenAsync(new MemoryAddress(Model, new TenantId("t")), Settings, [level], hosting, default);

    private static ValueTask<FeedProgress> FeedAsync(MemoryHost memory, int first, int count) => memory.FeedAsync(
        new EventBatch(
            Source,
            [.. Enumerable.Range(first, count).Select(i => new LearningEvent(i, new FeatureInput(new SparseVector(new ushort[] { (ushort)(i % 64) }, new float[] { 1 })), $"class-{i % 3}"))]),
        CancellationToken.None,
        default);

    /// <summary>Feeds events from the first on; returns what memory and level have then.</summary>
    private async Task<(long Memory, long Level)> LearnAsync(string incarnation, int events)
    {
        TierHosting hosting = new(_store, new CallersCompute()) { Incarnation = incarnation };
        await using ConsolidatorHost level = await ConsolidatorHost.OpenAsync(Model, Settings, ClassifierSpec.SlowLevel, hosting, default);
        await using MemoryHost memory = await OpenAsync(level, hosting);
        await FeedAsync(memory, 1, events);
        await memory.FlushAsync(Source, FlushTicket.Next(), default, default);
        return ((await memory.GetStatusAsync(default)).Learned, (await level.GetStatusAsync(default)).Events);
    }
}
