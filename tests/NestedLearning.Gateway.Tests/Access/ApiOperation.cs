using System.Text.Json.Nodes;
using NestedLearning.Gateway.Access;

namespace NestedLearning.Gateway.Tests.Access;

/// <summary>A route as the OpenAPI document tells of it, with names and a body to call it with.</summary>
internal sealed record ApiOperation(string Method, string Path, ApiScope Scope, string Media)
{
    public bool IsOfATenant => Path.Contains("{tenant}", StringComparison.Ordinal);

    /// <summary>A body that is not accepted, so that a request which comes through changes nothing; none where none is taken.</summary>
    public string? Body => Media.Length == 0 ? null : "oops";

    /// <summary>Every route that the served document has.</summary>
    public static async Task<IReadOnlyList<ApiOperation>> ReadAllAsync(TestGateway gateway)
    {
        JsonNode document = await DocumentAsync(gateway);
        return
        [
            .. from path in document["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               select new ApiOperation(operation.Key.ToUpperInvariant(), path.Key, ScopeOf(operation.Value!), MediaOf(operation.Value!)),
        ];
    }

    public static async Task<JsonNode> DocumentAsync(TestGateway gateway) =>
        await TestGateway.JsonAsync(await gateway.SendAsync("GET", "/openapi/v1.json"));

    public string PathFor(string tenant) => Path
        .Replace("{model}", "small", StringComparison.Ordinal)
        .Replace("{tenant}", tenant, StringComparison.Ordinal)
        .Replace("{level}", "slow", StringComparison.Ordinal)
        .Replace("{schedule}", "nightly", StringComparison.Ordinal) + "?source=test";

    public override string ToString() => $"{Method} {Path}";

    private static ApiScope ScopeOf(JsonNode operation) =>
        ApiScopes.Parse(operation["security"]![0]!["key"]![0]!.GetValue<string>())!.Value;

    private static string MediaOf(JsonNode operation) => operation["requestBody"]?["content"]!.AsObject().First().Key ?? "";
}
