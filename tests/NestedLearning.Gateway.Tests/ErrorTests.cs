using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using NestedLearning.Contracts;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Tests;

/// <summary>Errors of the engine, and options out of range.</summary>
public class ErrorTests
{
    public static TheoryData<Exception, int, string> Errors => new()
    {
        { new StoreException(StoreProblem.Full, "/secret/place", "full"), 503, "store-full" },
        { new StoreException(StoreProblem.Unavailable, "/secret/place", "gone"), 503, "store-unavailable" },
        { new StoreException(StoreProblem.Damaged, "/secret/place", "damaged"), 500, "internal" },
        { new InvalidOperationException("secret"), 500, "internal" },
        { new UnknownModelException(new ModelId("m")), 404, "unknown-model" },
        { new InvalidInputException("text", "is secretive", "no secrets"), 400, "invalid-input" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task AnyRoute_EngineFails_SaysWhatAClientMayKnow(Exception error, int status, string type)
    {
        await using TestGateway gateway = await TestGateway.StartAsync(cluster: new FailingCluster(error));

        JsonNode problem = await ProblemAssert.IsAsync(status, type, await gateway.SendAsync("GET", TestGateway.Ann));

        Assert.DoesNotContain("/secret", problem.ToJsonString(), StringComparison.Ordinal);
        Assert.True(status < 500 || !problem.ToJsonString().Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StartAsync_OptionsOutOfRange_ListsAll()
    {
        OptionsValidationException error = await Assert.ThrowsAsync<OptionsValidationException>(() => TestGateway.StartAsync(configure: options =>
        {
            options.MaxLineBytes = 0;
            options.MaxBatchEvents = 4097;
            options.MaxBodyBytes = 0;
            options.MaxInputs = 0;
            options.MaxFeeds = 0;
            options.MaxExpansion = 1;
        }));

        Assert.Equal(6, error.Failures.Count());
    }

    /// <summary>An engine that fails at everything.</summary>
    private sealed class FailingCluster(Exception error) : ForwardingCluster
    {
        protected override ILearningCluster Inner => throw error;

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
