using System.Net;
using System.Text;
using System.Text.Json;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;
using static NestedLearning.Client.Tests.TestServer;

namespace NestedLearning.Client.Tests;

/// <summary>What goes wrong comes back as the engine's own errors, or as the client's.</summary>
public class ErrorTests
{
    [Fact]
    public async Task FeedAsync_RefusedEvent_NamesItAndCountsThoseBefore()
    {
        await using TestServer server = await StartAsync();
        await using HttpLearningCluster client = server.Connect(Quick with { EventsPerRequest = 3 });
        await client.CreateModelAsync(Model, Spec, new RoundPolicy(), default);
        FeatureInput bad = new(new SparseVector(new ushort[] { 1 }, new[] { float.NaN }));
        LearningEvent[] events = [.. Events(1, 7), new LearningEvent(8, bad, "x"), .. Events(9, 2)];

        EventRefusedException error = await Assert.ThrowsAsync<EventRefusedException>(
            async () => await client.FeedAsync(Ann, Source, events, default));

        Assert.Equal((8, 7, 7), (error.Sequence, error.Before.Learned, error.Before.Marks.AppliedThrough));
        Assert.Equal("features", Assert.IsType<InvalidInputException>(error.Reason).Field);
        Assert.Equal(3, (await client.FeedAsync(Ann, Source, Events(8, 3), default)).Learned);
    }

    [Theory]
    [InlineData(503, typeof(ServerUnreachableException), 3)]
    [InlineData(429, typeof(ServerUnreachableException), 3)]
    [InlineData(500, typeof(ServerFailedException), 1)]
    [InlineData(401, typeof(AccessDeniedException), 1)]
    [InlineData(403, typeof(AccessDeniedException), 1)]
    public async Task GetLevelsAsync_NoGatewayAnswers_RepeatsWhatMayPass(int status, Type expected, int requests)
    {
        Scripted script = new(status);
        await using HttpLearningCluster client = new(new HttpClient(script), new Uri("http://server"), Quick with { MaxRetries = 2 });

        NestedLearningException error = await Assert.ThrowsAnyAsync<NestedLearningException>(
            async () => await client.GetLevelsAsync(Model, default));

        Assert.Equal((expected, requests), (error.GetType(), script.Requests));
    }

    [Theory]
    [InlineData(StoreProblem.Unavailable, 3)]
    [InlineData(StoreProblem.Full, 1)]
    public async Task GetLevelsAsync_TheServersStoreFails_RepeatsWhatMayPass(StoreProblem store, int requests)
    {
        ApiProblem problem = ApiProblems.From(new StoreException(store, "/place", "no"));
        Scripted script = new(problem.Status, JsonSerializer.Serialize(problem, ApiJson.Default.ApiProblem), ApiPaths.ProblemMediaType);
        await using HttpLearningCluster client = new(new HttpClient(script), new Uri("http://server"), Quick with { MaxRetries = 2 });

        StoreException error = await Assert.ThrowsAsync<StoreException>(async () => await client.GetLevelsAsync(Model, default));

        Assert.Equal((store, requests), (error.Problem, script.Requests));
    }

    [Fact]
    public async Task GetLevelsAsync_AnswerThatIsNotJson_IsTheServersFault()
    {
        Scripted script = new(200, "<html>");
        await using HttpLearningCluster client = new(new HttpClient(script), new Uri("http://server"), Quick);

        await Assert.ThrowsAsync<ServerFailedException>(async () => await client.GetLevelsAsync(Model, default));
    }

    [Fact]
    public void Constructor_OptionsOutOfRange_ListsAll()
    {
        HttpClusterOptions options = new() { MaxRetries = -1, EventsPerRequest = 0, InputsPerRequest = 0, MaxKeptEvents = 0 };

        InvalidClientOptionsException error = Assert.Throws<InvalidClientOptionsException>(
            () => HttpLearningCluster.Connect(new Uri("http://server"), options));

        Assert.Equal(4, error.Violations.Count);
    }

    [Fact]
    public async Task FeedAsync_MoreKeptThanAllowed_FlushesThem()
    {
        await using TestServer server = await StartAsync();
        await using HttpLearningCluster client = server.Connect(Quick with { MaxKeptEvents = 10 });
        await client.CreateModelAsync(Model, Spec, new RoundPolicy(), default);

        FeedReceipt receipt = await client.FeedAsync(Ann, Source, Events(1, 15), default);

        Assert.Equal(new Receipt(15, 15), receipt.Marks);
    }

    /// <summary>Answers every request alike.</summary>
    private sealed class Scripted(int status, string body = "", string mediaType = "application/json") : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            return Task.FromResult(new HttpResponseMessage((HttpStatusCode)status)
            {
                Content = new StringContent(body, Encoding.UTF8, mediaType),
            });
        }
    }
}
