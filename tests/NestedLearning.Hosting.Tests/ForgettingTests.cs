using NestedLearning.Embedded;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting.Tests;

/// <summary>What a level is without a tenant whose knowledge the others' targets depend on.</summary>
public sealed class ForgettingTests
{
    private static readonly ModelId Model = new("m");
    private static readonly SourceId Client = new("client");
    private static readonly ClassifierSpec Spec = new() { Features = 32, Period = 5, PeriodGrowth = 0, OneSidedTargets = true };
    private static readonly ModelSettings Settings = new(Spec, new RoundPolicy { Forgettable = true, KeptRounds = 1 });

    [Fact]
    public async Task ForgetAsync_TargetsAreOneSided_LeavesExactlyWhatTheOthersSent()
    {
        RecordingLink link = new(await OpenLevelAsync());
        foreach (string tenant in new[] { "a", "secret", "b", "secret", "a" })
        {
            await LearnAsync(link, tenant);
        }

        await link.Level.ForgetAsync(new SourceId("secret"), default);

        await using ConsolidatorHost clean = await OpenLevelAsync();
        foreach (ReadOnlyMemory<byte> update in link.Updates.Where(update => FrameCodec.Decode(update, FrameLimits.Default).Header.Source != new SourceId("secret")))
        {
            await clean.SubmitAsync(update, default);
            await clean.FoldNowAsync(default);
        }

        Assert.Equal(60, (await clean.GetStatusAsync(default)).Events);
        Assert.Equal(60, (await link.Level.GetStatusAsync(default)).Events);
        Assert.All((await WeightsAsync(clean)).Zip(await WeightsAsync(link.Level)), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        await link.Level.DisposeAsync();
    }

    private static ValueTask<ConsolidatorHost> OpenLevelAsync() =>
        ConsolidatorHost.OpenAsync(Model, Settings, ClassifierSpec.SlowLevel, new TierHosting(new MemoryTierStore(), new CallersCompute()), default);

    private static async Task LearnAsync(RecordingLink link, string tenant)
    {
        MemoryAddress address = new(Model, new TenantId(tenant));
        await using MemoryHost memory = await MemoryHost.OpenAsync(
            address, Settings, [link], new TierHosting(new MemoryTierStore(), new CallersCompute()), default);
        LearningEvent[] events = [.. Enumerable.Range(1, 20).Select(i => new LearningEvent(i, Key(i + tenant[0]), $"class-{i % 4}"))];
        await memory.FeedAsync(new EventBatch(Client, events), default, default);
        await memory.FlushAsync(Client, FlushTicket.Next(), default, default);
    }

    private static FeatureInput Key(int i)
    {
        Random random = new(i);
        ushort[] indices = [.. Enumerable.Range(0, 32).Where(feature => feature % 4 == i % 4 || random.Next(2) > 0).Select(feature => (ushort)feature)];
        return new FeatureInput(new SparseVector(indices, Array.ConvertAll(indices, _ => 0.1f + random.NextSingle())));
    }

    private static async Task<float[]> WeightsAsync(ConsolidatorHost level) =>
        (await level.GetVersionAsync(default)).Tensors.Get<DenseTensor>("weights").Values.ToArray();

    /// <summary>A level that keeps what it was sent.</summary>
    private sealed class RecordingLink(ConsolidatorHost level) : ILevelLink
    {
        public ConsolidatorHost Level => level;

        public List<ReadOnlyMemory<byte>> Updates { get; } = [];

        LevelId ILevelLink.Level => level.Level;

        public long Version => level.Version;

        public ValueTask<Receipt> SubmitAsync(ReadOnlyMemory<byte> update, CancellationToken cancellationToken)
        {
            Updates.Add(update);
            return level.SubmitAsync(update, cancellationToken);
        }

        public ValueTask<PulledVersion> PullAsync(SourceId source, LevelVersion? last, CancellationToken cancellationToken) =>
            level.PullAsync(source, last, cancellationToken);

        public ValueTask<LevelMarks> GetOwnedMarksAsync(SourceId source, CancellationToken cancellationToken) =>
            level.GetOwnedMarksAsync(source, cancellationToken);

        public ValueTask WaitForVersionAfterAsync(long version, CancellationToken cancellationToken) =>
            level.WaitForVersionAfterAsync(version, cancellationToken);
    }
}
