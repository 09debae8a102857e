using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Contracts;

public abstract partial class LearningClusterTests
{
    /// <summary>Targets that take no part of what the level answers: what others send does not depend on the tenant.</summary>
    private static readonly ClassifierSpec PlainSpec = Spec with { OneSidedTargets = false };

    private static readonly RoundPolicy Forgettable = new() { Forgettable = true };

    [Fact]
    public async Task ForgetAsync_OneOfThreeTenants_LeavesWhatTheOthersTaught()
    {
        ITierStore store = CreateStore();
        float[] expected;
        await using (ILearningCluster clean = await OpenWithTenantsAsync(CreateStore(), "a", "c"))
        {
            expected = await WeightsAsync(clean);
        }

        await using (ILearningCluster cluster = await OpenWithTenantsAsync(store, "a", "b", "c"))
        {
            await FeedAsync(cluster, "b", Events(31, 3)); // not sent up
            ForgetReport report = await cluster.ForgetAsync(Model, new TenantId("b"), default);

            ForgottenLevel level = Assert.Single(report.Levels);
            Assert.Equal((true, Slow, 30L), (report.HadMemory, level.Level, level.Events));
            Assert.Equal((level.Version!.Value, 60L), ((await LevelAsync(cluster)).Version, (await LevelAsync(cluster)).Events));
            Assert.Equal(0, (await cluster.GetMemoryAsync(Memory("b"), default)).Learned);
            VersionRecord made = (await cluster.GetVersionsAsync(Model, Slow, long.MaxValue, 2, default))[0];
            Assert.Equal((FoldOutcome.Forgotten, false), (made.Entry.Outcome, made.IsInQuarantine));
            AssertSame(expected, await WeightsAsync(cluster));
        }

        await using ILearningCluster opened = await OpenAsync(store);
        AssertSame(expected, await WeightsAsync(opened));
        Assert.Equal(0, (await opened.GetMemoryAsync(Memory("b"), default)).Learned);
    }

    [Fact]
    public async Task ForgetAsync_ThenFedAnew_CountsWhatIsNew()
    {
        await using ILearningCluster cluster = await OpenWithTenantsAsync(CreateStore(), "a", "b");
        await cluster.ForgetAsync(Model, new TenantId("b"), default);

        Assert.Equal(10, (await FeedAsync(cluster, "b", Events(1, 10))).Learned);
        await FlushAsync(cluster, "b");
        Assert.Equal(40, (await LevelAsync(cluster)).Events);

        Assert.Equal(10, Assert.Single((await cluster.ForgetAsync(Model, new TenantId("b"), default)).Levels).Events);
        Assert.Equal(30, (await LevelAsync(cluster)).Events);
        Assert.Equal(0, (await FeedAsync(cluster, "a", Events(1, 30))).Learned); // known, as before
    }

    [Fact]
    public async Task ForgetAsync_TenantThatIsNotThere_ChangesNothing()
    {
        await using ILearningCluster cluster = await OpenWithTenantsAsync(CreateStore(), "a", "b");
        await cluster.ForgetAsync(Model, new TenantId("b"), default);
        LevelStatus before = await LevelAsync(cluster);

        ForgetReport again = await cluster.ForgetAsync(Model, new TenantId("b"), default);

        Assert.Equal((false, new ForgottenLevel(Slow, null, 0)), (again.HadMemory, Assert.Single(again.Levels)));
        Assert.Equal(before.Version, (await LevelAsync(cluster)).Version);
        await Assert.ThrowsAsync<UnknownModelException>(async () => await cluster.ForgetAsync(new ModelId("none"), new TenantId("b"), default));
    }

    [Fact]
    public async Task ForgetAsync_LevelThatKeepsNoUpdates_IsRefusedAndLeavesEverything()
    {
        await using ILearningCluster cluster = await OpenWithFoldsAsync(2);
        await FeedAsync(cluster, "b", Events(1, 2));

        NotForgettableException error = await Assert.ThrowsAsync<NotForgettableException>(
            async () => await cluster.ForgetAsync(Model, new TenantId("a"), default));

        Assert.Equal(Slow, error.Level);
        Assert.Equal((2L, 10L), ((await LevelAsync(cluster)).Version, (await LevelAsync(cluster)).Events));
        Assert.Equal(10, (await cluster.GetMemoryAsync(Memory("a"), default)).Learned);
        Assert.Equal(5, (await FeedAsync(cluster, "a", Events(6, 10))).Learned);
        Assert.True((await cluster.ForgetAsync(Model, new TenantId("b"), default)).HadMemory); // it has sent nothing up
    }

    private static void AssertSame(float[] expected, float[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));

    private async Task<ILearningCluster> OpenWithTenantsAsync(ITierStore store, params string[] tenants)
    {
        ILearningCluster cluster = await OpenAsync(store);
        await cluster.CreateModelAsync(Model, PlainSpec, Forgettable, default);
        foreach (string tenant in tenants)
        {
            await FeedAsync(cluster, tenant, [.. Events(1, 30).Select(given => given with { Input = Features((int)given.Sequence + (100 * tenant[0])) })]);
            await FlushAsync(cluster, tenant);
        }

        return cluster;
    }
}
