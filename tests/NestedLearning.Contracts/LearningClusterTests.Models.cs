using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Contracts;

/// <content>Making and finding models.</content>
public abstract partial class LearningClusterTests
{
    [Fact]
    public async Task CreateModelAsync_TheSameAgain_JoinsIt()
    {
        ITierStore store = CreateStore();
        await using (ILearningCluster first = await OpenWithModelAsync(Alone, store))
        {
            await first.CreateModelAsync(Model, Spec, Alone, default);
            await FeedAsync(first, "a", Events(1, 3));
            await FlushAsync(first, "a");
        }

        await using ILearningCluster again = await OpenWithModelAsync(Alone, store);
        Assert.Equal(3, (await LevelAsync(again)).Events);
    }

    [Fact]
    public async Task CreateModelAsync_OtherSettings_Conflicts()
    {
        ITierStore store = CreateStore();
        await using (ILearningCluster first = await OpenWithModelAsync(Alone, store))
        {
            await Assert.ThrowsAsync<ModelConflictException>(
                async () => await first.CreateModelAsync(Model, Spec with { Ridge = 1 }, Alone, default));
        }

        await using ILearningCluster again = await OpenAsync(store);
        ModelConflictException error = await Assert.ThrowsAsync<ModelConflictException>(
            async () => await again.CreateModelAsync(Model, Spec, Together(2), default));
        Assert.Equal(Model, error.Model);
    }

    [Fact]
    public async Task CreateModelAsync_SettingsOutOfRange_AreAllListed()
    {
        await using ILearningCluster cluster = await OpenAsync(CreateStore());
        InvalidSpecException spec = await Assert.ThrowsAsync<InvalidSpecException>(
            async () => await cluster.CreateModelAsync(Model, Spec with { Features = 100, Ridge = 0 }, Alone, default));
        Assert.Equal(2, spec.Violations.Count);
        InvalidPolicyException policy = await Assert.ThrowsAsync<InvalidPolicyException>(async () => await cluster.CreateModelAsync(
            Model, Spec, new RoundPolicy { MinContributors = 0, MaxInFlight = 0, MaxWait = TimeSpan.Zero }, default));
        Assert.Equal(3, policy.Violations.Count);
        await Assert.ThrowsAsync<UnknownModelException>(async () => await cluster.GetLevelsAsync(Model, default));
    }

    [Fact]
    public async Task AnyCall_UnknownModel_SaysSo()
    {
        await using ILearningCluster cluster = await OpenAsync(CreateStore());
        await Assert.ThrowsAsync<UnknownModelException>(async () => await FeedAsync(cluster, "a", Events(1, 1)));
        await Assert.ThrowsAsync<UnknownModelException>(async () => await FlushAsync(cluster, "a"));
        await Assert.ThrowsAsync<UnknownModelException>(async () => await AskAsync(cluster, "a"));
        await Assert.ThrowsAsync<UnknownModelException>(async () => await cluster.GetMemoryAsync(Memory("a"), default));
        UnknownModelException error = await Assert.ThrowsAsync<UnknownModelException>(
            async () => await cluster.GetVersionAsync(Model, Slow, default));
        Assert.Equal(Model, error.Model);
    }

    [Fact]
    public async Task GetVersionAsync_NoSharedLevelOfThisName_NamesThoseThereAre()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Alone);
        UnknownLevelException error = await Assert.ThrowsAsync<UnknownLevelException>(
            async () => await cluster.GetVersionAsync(Model, ClassifierSpec.FastLevel, default));
        Assert.Contains("slow", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetLevelsAsync_NewModel_IsAtVersionZero()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Alone);
        LevelStatus level = await LevelAsync(cluster);
        Assert.Equal((Slow, 0L, 0L, 5L, 0), (level.Level, level.Version, level.Events, level.NextPeriod, level.RoundContributors));
    }

    [Fact]
    public async Task TwoModels_SameTenant_ShareNothing()
    {
        ModelId other = new("other");
        await using ILearningCluster cluster = await OpenWithModelAsync(Alone);
        await cluster.CreateModelAsync(other, Spec, Alone, default);
        await FeedAsync(cluster, "a", Events(1, 4));
        MemoryStatus status = await cluster.GetMemoryAsync(new MemoryAddress(other, new TenantId("a")), default);
        Assert.Equal(0, status.Learned);
    }

    [Fact]
    public async Task GetModelsAsync_AfterARestart_NamesThemInOrder()
    {
        ITierStore store = CreateStore();
        await using (ILearningCluster first = await OpenWithModelAsync(Alone, store))
        {
            await first.CreateModelAsync(new ModelId("zebra"), Spec, Alone, default);
            await first.CreateModelAsync(new ModelId("ant"), Spec, Alone, default);
            await first.CreateModelAsync(new ModelId("zebra"), Spec, Alone, default);
        }

        await using ILearningCluster again = await OpenAsync(store);
        Assert.Equal([new ModelId("ant"), Model, new ModelId("zebra")], await again.GetModelsAsync(default));
    }

    [Fact]
    public async Task GetModelsAsync_NoneMade_IsEmpty()
    {
        await using ILearningCluster cluster = await OpenAsync(CreateStore());
        Assert.Empty(await cluster.GetModelsAsync(default));
    }

    [Fact]
    public async Task GetModelAsync_MakesTheSameModelAgain()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Alone);
        ModelSettings settings = await cluster.GetModelAsync(Model, default);
        Assert.Equal(new ModelSettings(Spec, Alone), settings);
        await Assert.ThrowsAsync<UnknownModelException>(async () => await cluster.GetModelAsync(new ModelId("other"), default));
    }

    [Fact]
    public async Task GetTenantsAsync_NamesThoseThatSentSomethingUp_ByPagesAndPrefix()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Alone);
        foreach (string tenant in new[] { "bert", "anna", "bea", "carl" })
        {
            await FeedAsync(cluster, tenant, Events(1, 3));
            await FlushAsync(cluster, tenant);
        }

        Assert.Equal(["anna", "bea", "bert", "carl"], await TenantsAsync(cluster, new TenantQuery()));
        Assert.Equal(["bea", "bert"], await TenantsAsync(cluster, new TenantQuery { Prefix = "be" }));
        Assert.Equal(["anna", "bea"], await TenantsAsync(cluster, new TenantQuery { Count = 2 }));
        Assert.Equal(["bert"], await TenantsAsync(cluster, new TenantQuery { Count = 1, After = new TenantId("bea") }));
        InvalidInputException error = await Assert.ThrowsAsync<InvalidInputException>(
            async () => await cluster.GetTenantsAsync(Model, new TenantQuery { Count = TenantQuery.MaxCount + 1 }, default));
        Assert.Equal("count", error.Field);
    }

    private static async Task<IEnumerable<string>> TenantsAsync(ILearningCluster cluster, TenantQuery query) =>
        (await cluster.GetTenantsAsync(Model, query, default)).Select(tenant => tenant.Value);
}
