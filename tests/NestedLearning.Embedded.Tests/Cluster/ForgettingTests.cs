using System.Text;
using NestedLearning.Contracts;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded.Tests.Cluster;

/// <summary>What is stored while a tenant is forgotten, and after.</summary>
public class ForgettingTests
{
    private static readonly ModelId Model = new("m");
    private static readonly SourceId Source = new("client");
    private static readonly TenantId Secret = new("secret");
    private static readonly ClassifierSpec Spec = new() { Features = 64, Period = 10, PeriodGrowth = 0, OneSidedTargets = false };
    private static readonly RoundPolicy Policy = new() { Forgettable = true, KeptRounds = 2 };

    /// <summary>Who goes on with what a process left half done.</summary>
    public enum Next
    {
        /// <summary>Somebody who asks for the same again.</summary>
        Attempt,

        /// <summary>The next process, as it starts.</summary>
        Start,

        /// <summary>The tenant, which is fed again.</summary>
        Event,
    }

    [Theory]
    [InlineData(Next.Attempt)]
    [InlineData(Next.Start)]
    [InlineData(Next.Event)]
    public async Task ForgetAsync_CutOffAtAnyWrite_IsFinishedByWhatComesNext(Next next)
    {
        float[] expected = await LearnAsync(new MemoryTierStore(), "a", "b");
        int writes = 0;
        int begun = 0;
        for (bool isWhole = false; !isWhole; writes++)
        {
            MemoryTierStore stored = new();
            await LearnAsync(stored, "a", "secret", "b");
            Assert.Contains("m/archive/slow", await PlacesAsync(stored));

            BreakingStore breaking = new(stored) { WritesLeft = writes };
            EmbeddedCluster cut = new(breaking, new EmbeddedOptions { FoldThreads = 1 });
            try
            {
                await cut.ForgetAsync(Model, Secret, default);
                isWhole = true;
            }
            catch (StoreException)
            {
            }

            bool isNoted = await IsNotedAsync(stored);
            begun += isNoted ? 1 : 0;
            Assert.True(isNoted || isWhole || writes == 0);
            await using EmbeddedCluster cluster = new(stored, new EmbeddedOptions { FoldThreads = 1 });
            if (next == Next.Attempt || writes == 0)
            {
                await cluster.ForgetAsync(Model, Secret, default);
            }
            else if (next == Next.Start)
            {
                Assert.Equal(default, await cluster.FinishForgettingAsync(default));
            }
            else
            {
                FeedReceipt receipt = await cluster.FeedAsync(new MemoryAddress(Model, Secret), Source, [new LearningEvent(1, Key(1), "class-1")], default);
                Assert.Equal(1, receipt.Learned); // It begins anew, and that stays.
                Assert.Equal(default, await cluster.FinishForgettingAsync(default));
                Assert.Equal(1, (await cluster.GetMemoryAsync(new MemoryAddress(Model, Secret), default)).Learned);
            }

            Assert.False(await IsNotedAsync(stored));
            Assert.Empty(await PlacesAsync(stored));
            Assert.Null(await stored.LoadAsync(StateKey.Memory(Model, Secret), default));
            Assert.All(expected.Zip(await WeightsAsync(cluster)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
            Assert.Single(
                await cluster.GetVersionsAsync(Model, ClassifierSpec.SlowLevel, long.MaxValue, 1000, default), version => version.Entry.Outcome == FoldOutcome.Forgotten);
        }

        Assert.InRange(writes, 5, 100);
        Assert.True(begun > 3, $"only {begun} were cut off on their way");
    }

    [Fact]
    public async Task FinishForgettingAsync_WhatIsStoredCannotBeTakenOut_SaysSoAndGoesOn()
    {
        MemoryTierStore stored = new();
        await LearnAsync(stored, "a", "secret", "b");
        await stored.SaveAsync(StateKey.Forgetting(Model), """["a","secret"]"""u8.ToArray(), null, default);
        await foreach (StateKey archive in stored.ListAsync("m/archive/slow/", default))
        {
            StoredState whole = (await stored.LoadAsync(archive, default))!;
            await stored.SaveAsync(archive, whole.Bytes[..(whole.Bytes.Length / 2)], whole.ETag, default);
        }

        await using EmbeddedCluster cluster = new(stored, new EmbeddedOptions { FoldThreads = 1 });
        MemoryFailures failures = await cluster.FinishForgettingAsync(default);

        Assert.Equal(2, failures.Failed);
        Assert.Contains("damaged", failures.First, StringComparison.Ordinal);
        Assert.True(await IsNotedAsync(stored));
        Assert.Equal(180, Assert.Single(await cluster.GetLevelsAsync(Model, default)).Events);
    }

    [Fact]
    public async Task ForgetAsync_ACrashHadLeftSomething_RemovesItToo()
    {
        MemoryTierStore stored = new();
        await LearnAsync(stored, "a", "secret", "b");
        StateKey archive = await stored.ListAsync("m/archive/slow/", default).FirstAsync();
        ReadOnlyMemory<byte> left = (await stored.LoadAsync(archive, default))!.Bytes;
        await stored.SaveAsync(StateKey.Parse("m/quarantine/slow/9-abc"), left, null, default);
        await stored.SaveAsync(StateKey.Parse("m/archive/slow/9-abc"), left, null, default);

        await using EmbeddedCluster cluster = new(stored, new EmbeddedOptions { FoldThreads = 1 });
        await cluster.ForgetAsync(Model, Secret, default);

        Assert.Empty(await PlacesAsync(stored));
        Assert.Equal(120, Assert.Single(await cluster.GetLevelsAsync(Model, default)).Events);
    }

    private static async Task<bool> IsNotedAsync(MemoryTierStore store) =>
        await store.LoadAsync(StateKey.Forgetting(Model), default) is { } noted && noted.Bytes.Span.IndexOf("secret"u8) >= 0;

    /// <summary>The folders of the stored blobs that have an update of the tenant: its name follows the level's there.</summary>
    private static async Task<HashSet<string>> PlacesAsync(MemoryTierStore store)
    {
        HashSet<string> places = [];
        await foreach (StateKey key in store.ListAsync("", default))
        {
            string text = Encoding.Latin1.GetString((await store.LoadAsync(key, default))!.Bytes.Span);
            for (int at = text.IndexOf("secret", StringComparison.Ordinal); at >= 0; at = text.IndexOf("secret", at + 1, StringComparison.Ordinal))
            {
                if (text[Math.Max(at - 8, 0)..at].Contains("slow", StringComparison.Ordinal))
                {
                    places.Add(key.Value[..key.Value.LastIndexOf('/')]);
                }
            }
        }

        return places;
    }

    private static async Task<float[]> LearnAsync(MemoryTierStore store, params string[] tenants)
    {
        await using EmbeddedCluster cluster = new(store, new EmbeddedOptions { FoldThreads = 1 });
        await cluster.CreateModelAsync(Model, Spec, Policy, default);
        foreach (string tenant in tenants)
        {
            MemoryAddress memory = new(Model, new TenantId(tenant));
            await cluster.FeedAsync(memory, Source, [.. Enumerable.Range(1, 60).Select(i => new LearningEvent(i, Key(i + (100 * tenant[0])), $"class-{i % 3}"))], default);
            await cluster.FlushAsync(memory, Source, default);
        }

        return await WeightsAsync(cluster);
    }

    private static async Task<float[]> WeightsAsync(EmbeddedCluster cluster) =>
        (await cluster.GetVersionAsync(Model, ClassifierSpec.SlowLevel, default)).Tensors.Get<DenseTensor>("weights").Values.ToArray();

    /// <summary>Keys so long that the updates soon outweigh the level's own state.</summary>
    private static FeatureInput Key(int i)
    {
        Random random = new(i);
        ushort[] indices = [.. Enumerable.Range(0, 64).Where(_ => random.Next(8) > 0).Select(feature => (ushort)feature)];
        return new FeatureInput(new SparseVector(indices, Array.ConvertAll(indices, _ => random.NextSingle())));
    }
}
