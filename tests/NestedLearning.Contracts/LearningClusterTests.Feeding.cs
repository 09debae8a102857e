using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Contracts;

/// <content>Feeding, flushing and asking.</content>
public abstract partial class LearningClusterTests
{
    [Fact]
    public async Task FeedAsync_NewEvents_LearnsThemAll()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Alone);
        FeedReceipt receipt = await FeedAsync(cluster, "a", Events(1, 4));
        Assert.Equal((4, 4L), (receipt.Learned, receipt.Marks.AppliedThrough));
        Assert.Equal(4, (await cluster.GetMemoryAsync(Memory("a"), default)).Learned);
    }

    [Fact]
    public async Task FeedAsync_KnownSequenceNumbers_AreSkipped()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Alone);
        await FeedAsync(cluster, "a", Events(1, 8));
        FeedReceipt receipt = await FeedAsync(cluster, "a", Events(3, 8));
        Assert.Equal((2, 10L), (receipt.Learned, receipt.Marks.AppliedThrough));
        await FlushAsync(cluster, "a");
        Assert.Equal(10, (await LevelAsync(cluster)).Events);
    }

    [Fact]
    public async Task FeedAsync_GapsInTheSequence_AreFine()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Alone);
        FeedReceipt receipt = await FeedAsync(cluster, "a", [.. Events(1, 2), .. Events(100, 2)]);
        Assert.Equal((4, 101L), (receipt.Learned, receipt.Marks.AppliedThrough));
    }

    [Fact]
    public async Task FeedAsync_SeveralSources_CountTheirOwnSequences()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Alone);
        await FeedAsync(cluster, "a", Events(1, 4));
        FeedReceipt receipt = await cluster.FeedAsync(Memory("a"), new SourceId("other"), Events(1, 2), default);
        Assert.Equal((2, 2L), (receipt.Learned, receipt.Marks.AppliedThrough));
        Assert.Equal(4, (await FlushAsync(cluster, "a")).DurableThrough);
        Assert.Equal(6, (await LevelAsync(cluster)).Events);
    }

    [Fact]
    public async Task FeedAsync_RefusedEvent_NamesItAndKeepsThoseBefore()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Alone);
        LearningEvent[] events = Events(1, 9);
        events[6] = events[6] with { Label = "" };

        EventRefusedException error = await Assert.ThrowsAsync<EventRefusedException>(async () => await FeedAsync(cluster, "a", events));

        Assert.Equal(7, error.Sequence);
        Assert.Equal(6, (await cluster.GetMemoryAsync(Memory("a"), default)).Learned);
        Assert.Equal(3, (await FeedAsync(cluster, "a", Events(1, 9))).Learned);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task FeedAsync_SequenceBelowOne_IsRefused(long sequence)
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Alone);
        LearningEvent wrong = Events(1, 1)[0] with { Sequence = sequence };
        Assert.Equal(sequence, (await Assert.ThrowsAsync<EventRefusedException>(async () => await FeedAsync(cluster, "a", wrong))).Sequence);
    }

    [Fact]
    public async Task FlushAsync_AfterAFeed_MakesEverythingDurableAndAdopted()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Alone);
        FeedReceipt fed = await FeedAsync(cluster, "a", Events(1, 13));
        Assert.True(fed.Marks.DurableThrough < 13);
        Assert.Equal(new Receipt(13, 13), await FlushAsync(cluster, "a"));
        LevelStatus level = await LevelAsync(cluster);
        Assert.Equal((13, 0), (level.Events, level.RoundContributors));
        Assert.True(level.Traffic is { BytesUp: > 0, BytesDown: > 0 });
    }

    [Fact]
    public async Task NotDurable_EventsOfAllSenders_AreCountedUntilTheirMemoryIsSaved()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Alone);
        FeedReceipt one = await FeedAsync(cluster, "a", Events(1, 3));
        LearningEvent far = Events(1, 1)[0] with { Sequence = 1_000_000 };
        FeedReceipt other = await cluster.FeedAsync(Memory("a"), new SourceId("other"), [far], default);

        Assert.Equal((3, 4, 4), (one.NotDurable, other.NotDurable, await NotDurableAsync("a")));
        await FlushAsync(cluster, "a");
        Assert.Equal(0, await NotDurableAsync("a"));
        Assert.Equal((2, 2), ((await FeedAsync(cluster, "a", Events(4, 2))).NotDurable, await NotDurableAsync("a")));
        await cluster.ConsolidateAsync(Model, null, default);
        Assert.Equal(0, await NotDurableAsync("a"));

        async Task<long> NotDurableAsync(string tenant) => (await cluster.GetMemoryAsync(Memory(tenant), default)).NotDurable;
    }

    [Fact]
    public async Task FlushAsync_NothingNew_ChangesNothing()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Alone);
        Assert.Equal(new Receipt(0, 0), await FlushAsync(cluster, "a"));
        await FeedAsync(cluster, "a", Events(1, 3));
        await FlushAsync(cluster, "a");
        await FlushAsync(cluster, "a");
        Assert.Equal(1, (await LevelAsync(cluster)).Version);
    }

    [Fact]
    public async Task PredictAsync_BeforeAndAfterAFold_KnowsWhatItsTenantKnows()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Alone);
        await FeedAsync(cluster, "a", Events(1, 4));
        Assert.All(await AskAsync(cluster, "b"), answer => Assert.Null(answer.Label));
        Assert.Equal(Enumerable.Range(1000, 12).Select(i => $"class-{i % 3}"), (await AskAsync(cluster, "a")).Select(answer => answer.Label));

        await FlushAsync(cluster, "a");

        Assert.Equal(await AskAsync(cluster, "a"), await AskAsync(cluster, "b"));
        Assert.Equal(Enumerable.Range(1000, 12).Select(i => $"class-{i % 3}"), (await AskAsync(cluster, "b")).Select(answer => answer.Label));
    }

    [Fact]
    public async Task PredictAsync_UnacceptableInput_SaysSo()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Alone);
        FeatureInput wrong = new(new SparseVector(new ushort[] { 64 }, new float[] { 1 }));
        await Assert.ThrowsAsync<InvalidInputException>(async () => await cluster.PredictAsync(Memory("a"), [wrong], default));
    }

    [Fact]
    public async Task ManyTenants_FeedingAndAskingAtOnce_LoseNothing()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Alone);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            for (int first = 1; first <= 41; first += 4)
            {
                await FeedAsync(cluster, $"t{i}", Events(first, 4));
                Assert.Equal(12, (await AskAsync(cluster, $"t{i}")).Count);
            }

            Assert.Equal(44, (await FlushAsync(cluster, $"t{i}")).DurableThrough);
        })));
        Assert.Equal(16 * 44, (await LevelAsync(cluster)).Events);
    }

    [Fact]
    public async Task OneTenant_SameBatchesFromManyCallers_CountOnce()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Alone);
        FeedReceipt[] receipts = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await FeedAsync(cluster, "a", Events(1, 33)))));
        Assert.Equal(33, receipts.Sum(receipt => receipt.Learned));
        await FlushAsync(cluster, "a");
        Assert.Equal(33, (await LevelAsync(cluster)).Events);
    }
}
