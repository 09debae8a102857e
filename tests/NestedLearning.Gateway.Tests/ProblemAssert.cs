using System.Net;
using System.Text.Json.Nodes;

namespace NestedLearning.Gateway.Tests;

/// <summary>Checks of problem documents (RFC 9457).</summary>
internal static class ProblemAssert
{
    /// <summary>Checks the form of an error, and returns it.</summary>
    public static async Task<JsonNode> IsAsync(int status, string type, HttpResponseMessage response)
    {
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return Is(status, type, await TestGateway.JsonAsync(response));
    }

    public static JsonNode Is(int status, string type, JsonNode problem)
    {
        Assert.Equal(status, problem["status"]!.GetValue<int>());
        Assert.EndsWith(type, problem["type"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotEmpty(problem["title"]!.GetValue<string>());
        Assert.NotEmpty(problem["detail"]!.GetValue<string>());
        return problem;
    }
}
