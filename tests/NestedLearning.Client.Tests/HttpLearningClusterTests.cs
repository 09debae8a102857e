using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;
using static NestedLearning.Client.Tests.TestServer;

namespace NestedLearning.Client.Tests;

/// <summary>Every call gives through the gateway what the engine gives without it.</summary>
public sealed class HttpLearningClusterTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private HttpLearningCluster _client = null!;

    public async Task InitializeAsync()
    {
        _server = await StartAsync();
        _client = _server.Connect();
        await _client.CreateModelAsync(Model, Spec, new RoundPolicy(), default);
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task FeedAsync_NewEvents_CountsThem()
    {
        FeedReceipt receipt = await _client.FeedAsync(Ann, Source, Events(1, 60), default);

        Assert.Equal((60, 60), (receipt.Marks.AppliedThrough, receipt.Learned));
        Assert.Equal(60, (await _server.Engine.GetMemoryAsync(Ann, default)).Learned);
        Assert.Equal(receipt.Correct, (await _server.Engine.GetMemoryAsync(Ann, default)).Correct);
    }

    [Fact]
    public async Task FeedAsync_MoreThanOneRequestTakes_CountsAll()
    {
        await using HttpLearningCluster client = _server.Connect(Quick with { EventsPerRequest = 7 });

        FeedReceipt receipt = await client.FeedAsync(Ann, Source, Events(1, 60), default);

        Assert.Equal((60, 60), (receipt.Marks.AppliedThrough, receipt.Learned));
    }

    [Fact]
    public async Task FeedAsync_KnownEvents_SkipsThem()
    {
        await _client.FeedAsync(Ann, Source, Events(1, 60), default);
        await using HttpLearningCluster other = _server.Connect();

        Assert.Equal(0, (await _client.FeedAsync(Ann, Source, Events(1, 60), default)).Learned);
        Assert.Equal(10, (await other.FeedAsync(Ann, Source, Events(31, 40), default)).Learned);
    }

    [Fact]
    public async Task FeedAsync_SeveralSourcesAtOnce_CountsEach()
    {
        await Parallel.ForAsync(0, 8, async (i, stop) =>
            await _client.FeedAsync(Ann, new SourceId($"source-{i}"), Events(1, 50), stop));

        Assert.Equal(400, (await _client.GetMemoryAsync(Ann, default)).Learned);
    }

    [Fact]
    public async Task FlushAsync_AfterEvents_MakesThemDurable()
    {
        await _client.FeedAsync(Ann, Source, Events(1, 60), default);

        Assert.Equal(new Receipt(60, 60), await _client.FlushAsync(Ann, Source, default));
        LevelStatus level = Assert.Single(await _client.GetLevelsAsync(Model, default));
        Assert.Equal(60, level.Events);
        Assert.Equal((await _server.Engine.GetLevelsAsync(Model, default))[0], level);
    }

    [Fact]
    public async Task PredictAsync_ManyInputs_AnswersEachInItsPlace()
    {
        await _client.FeedAsync(Ann, Source, Events(1, 60), default);
        ModelInput[] inputs = [.. Events(1, 20).Select(known => known.Input), Features([3, 9], [1, -0.1f])];
        await using HttpLearningCluster client = _server.Connect(Quick with { InputsPerRequest = 6 });

        IReadOnlyList<Prediction> answers = await client.PredictAsync(Ann, inputs, default);

        Assert.Equal(await _server.Engine.PredictAsync(Ann, inputs, default), answers);
    }

    [Fact]
    public async Task PredictAsync_NothingLearned_HasNoLabel() =>
        Assert.Equal(
            await _server.Engine.PredictAsync(Ann, [new TextInput("a")], default), await _client.PredictAsync(Ann, [new TextInput("a")], default));

    [Fact]
    public async Task GetMemoryAsync_AfterEvents_IsTheEngines()
    {
        await _client.FeedAsync(Ann, Source, Events(1, 60), default);

        Assert.Equal(await _server.Engine.GetMemoryAsync(Ann, default), await _client.GetMemoryAsync(Ann, default));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public async Task GetVersionAsync_AfterEvents_IsTheEnginesToTheBit(int events)
    {
        await _client.FeedAsync(Ann, Source, Events(1, events), default);
        await _client.FlushAsync(Ann, Source, default);

        LevelVersion version = await _client.GetVersionAsync(Model, ClassifierSpec.SlowLevel, default);

        LevelVersion expected = await _server.Engine.GetVersionAsync(Model, ClassifierSpec.SlowLevel, default);
        Assert.Equal((expected.Number, expected.Events), (version.Number, version.Events));
        Assert.Equal(
            LevelVersions.Encode(Model, ClassifierSpec.SlowLevel, expected), LevelVersions.Encode(Model, ClassifierSpec.SlowLevel, version));
    }

    private static FeatureInput Features(ushort[] indices, float[] values) => new(new SparseVector(indices, values));
}
