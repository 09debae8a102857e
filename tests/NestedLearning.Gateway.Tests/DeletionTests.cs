using System.Net;
using System.Text.Json.Nodes;

namespace NestedLearning.Gateway.Tests;

/// <summary>Doing away with a model over HTTP.</summary>
public class DeletionTests
{
    [Fact]
    public async Task Delete_Model_IsUnknownAfterwardsAndCanBeMadeAnew()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync();
        await gateway.FeedAsync(TestGateway.Lines(1, 30));

        Assert.Equal(HttpStatusCode.NoContent, (await gateway.SendAsync("DELETE", TestGateway.Model)).StatusCode);

        JsonNode problem = await ProblemAssert.IsAsync(404, "unknown-model", await gateway.SendAsync("DELETE", TestGateway.Model));
        Assert.Equal("small", problem["model"]!.GetValue<string>());
        await ProblemAssert.IsAsync(404, "unknown-model", await gateway.FeedAsync(TestGateway.Lines(31, 1)));
        Assert.Equal("[]", await (await gateway.SendAsync("GET", "/api/v1/models")).Content.ReadAsStringAsync());

        await gateway.SendAsync("PUT", TestGateway.Model, TestGateway.Spec);
        JsonNode receipt = (await TestGateway.LinesAsync(await gateway.FeedAsync(TestGateway.Lines(1, 5))))[^1];
        Assert.Equal(5, receipt["appliedThrough"]!.GetValue<int>());
        Assert.Equal(5, await gateway.LearnedAsync());
    }
}
