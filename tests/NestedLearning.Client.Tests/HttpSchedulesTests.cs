using System.Net;
using NestedLearning.Contracts;
using NestedLearning.Embedded;
using NestedLearning.Gateway;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Client.Tests;

/// <summary>What every engine promises of schedules holds through a gateway too.</summary>
public sealed class HttpSchedulesContractTests : SchedulesTests
{
    protected override ITierStore CreateStore() => new MemoryTierStore();

    protected override async ValueTask<ScheduledEngine> OpenAsync(ITierStore store, TimeProvider time)
    {
        EmbeddedCluster engine = new(store, new EmbeddedOptions { Time = time, FoldThreads = 1 });
        await engine.StartSchedulesAsync(default);
        GatewayServer gateway =
            await GatewayServer.StartAsync(engine, engine.Schedules, new IPEndPoint(IPAddress.Loopback, 0), null, default);
        HttpLearningCluster client = HttpLearningCluster.Connect(gateway.Url, new HttpClusterOptions { MaxRetries = 0 });
        return new ScheduledEngine(client, client.Schedules, async () =>
        {
            await client.DisposeAsync();
            await gateway.DisposeAsync();
            await engine.DisposeAsync();
        });
    }
}

/// <summary>Requests whose answers are lost.</summary>
public class HttpSchedulesTests
{
    private static readonly ScheduleAddress Address = new(new ModelId("m"), new ScheduleId("s"));

    [Fact]
    public async Task RemoveAsync_TheAnswerIsLost_IsNoError()
    {
        await using HttpLearningCluster client = Connect(new Scripted { LosesFirst = true });
        await client.Schedules.RemoveAsync(Address, default);
    }

    [Fact]
    public async Task RemoveAsync_NotThereAtFirst_SaysSo()
    {
        await using HttpLearningCluster client = Connect(new Scripted());
        await Assert.ThrowsAsync<UnknownScheduleException>(async () => await client.Schedules.RemoveAsync(Address, default));
    }

    [Fact]
    public async Task RunAsync_TheAnswerIsLost_AsksWithTheSameTicket()
    {
        Scripted script = new() { LosesFirst = true };
        await using HttpLearningCluster client = Connect(script);

        await Assert.ThrowsAsync<UnknownScheduleException>(async () => await client.Schedules.RunAsync(Address, new RunTicket(5), default));

        Assert.Equal(["/api/v1/models/m/schedules/s/run?ticket=5", "/api/v1/models/m/schedules/s/run?ticket=5"], script.Paths);
    }

    private static HttpLearningCluster Connect(Scripted script) =>
        new(new HttpClient(script), new Uri("http://server"), TestServer.Quick with { MaxRetries = 2 });

    /// <summary>A server that has no such schedule, and may lose the first answer.</summary>
    private sealed class Scripted : HttpMessageHandler
    {
        public bool LosesFirst { get; init; }

        public List<string> Paths { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Paths.Add(request.RequestUri!.PathAndQuery);
            if (LosesFirst && Paths.Count == 1)
            {
                throw new HttpRequestException("the connection broke");
            }

            ApiProblem problem = ApiProblems.From(new UnknownScheduleException(Address));
            HttpResponseMessage answer = new(HttpStatusCode.NotFound)
            {
                Content = new ByteArrayContent(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(problem, ApiJson.Default.ApiProblem)),
            };
            answer.Content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue(ApiPaths.ProblemMediaType);
            return Task.FromResult(answer);
        }
    }
}
