using System.Net;
using System.Text.Json.Nodes;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Tests;

/// <summary>What every route answers when all is well, and when the request is wrong.</summary>
public sealed class RouteTests : IAsyncLifetime
{
    private TestGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await TestGateway.WithModelAsync();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Healthz_Always_IsOk() => Assert.Equal("ok\n", await _gateway.Http.GetStringAsync("/healthz"));

    [Fact]
    public async Task Readyz_WhileItServes_IsReady() => Assert.Equal("ready\n", await _gateway.Http.GetStringAsync("/readyz"));

    [Fact]
    public async Task PutModel_TheSameAgain_IsFine() =>
        Assert.Equal(HttpStatusCode.NoContent, (await _gateway.SendAsync("PUT", TestGateway.Model, TestGateway.Spec)).StatusCode);

    [Fact]
    public async Task PutModel_OtherSettings_Conflicts()
    {
        string other = TestGateway.Spec.Replace("64", "128", StringComparison.Ordinal);

        JsonNode problem = await ProblemAssert.IsAsync(409, "model-conflict", await _gateway.SendAsync("PUT", TestGateway.Model, other));

        Assert.Equal("small", problem["model"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"spec":{"$kind":"classifier","features":100,"ridge":-1}}""", 400, "invalid-spec")]
    [InlineData("""{"spec":{"$kind":"classifier"},"policy":{"minContributors":0}}""", 400, "invalid-policy")]
    [InlineData("""{"spec":{"$kind":"oracle"}}""", 400, "invalid-input")]
    [InlineData("""{"spec":{"$kind":"classifier","fetures":64}}""", 400, "invalid-json")]
    [InlineData("""{"policy":{}}""", 400, "invalid-input")]
    [InlineData("null", 400, "invalid-input")]
    [InlineData("{", 400, "invalid-json")]
    [InlineData("", 400, "invalid-json")]
    public async Task PutModel_NotAModel_IsRefused(string body, int status, string type) =>
        await ProblemAssert.IsAsync(status, type, await _gateway.SendAsync("PUT", "/api/v1/models/other", body));

    [Fact]
    public async Task PutModel_SeveralSettingsOutOfRange_ListsAll()
    {
        HttpResponseMessage response = await _gateway.SendAsync(
            "PUT", "/api/v1/models/other", """{"spec":{"ridge":-1,"features":100,"$kind":"classifier"}}""");

        Assert.Equal(2, (await TestGateway.JsonAsync(response))["violations"]!.AsArray().Count);
    }

    [Fact]
    public async Task Levels_AfterAFlush_ShowTheVersion()
    {
        await _gateway.FeedAsync(TestGateway.Lines(1, 10));
        JsonNode receipt = await TestGateway.JsonAsync(await _gateway.SendAsync("POST", TestGateway.Ann + "/flush?source=test"));

        JsonNode level = Assert.Single((await TestGateway.JsonAsync(await _gateway.SendAsync("GET", TestGateway.Model + "/levels"))).AsArray())!;

        Assert.Equal((10, 10), (receipt["appliedThrough"]!.GetValue<int>(), receipt["durableThrough"]!.GetValue<int>()));
        Assert.Equal(("slow", 1, 10), (level["level"]!.GetValue<string>(), level["version"]!.GetValue<int>(), level["events"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Version_AfterAFlush_IsAFrame()
    {
        await _gateway.FeedAsync(TestGateway.Lines(1, 10));
        await _gateway.SendAsync("POST", TestGateway.Ann + "/flush?source=test");

        HttpResponseMessage response = await _gateway.SendAsync("GET", TestGateway.Model + "/levels/slow/version");

        LevelVersion version = LevelVersions.Follow(null, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal((1, 10), (version.Number, version.Events));
    }

    [Theory]
    [InlineData("POST", "/levels/slow/rollback?version=0", 400, "about:blank")]
    [InlineData("POST", "/levels/slow/rollback?version=0&from=x", 400, "about:blank")]
    [InlineData("POST", "/levels/slow/rollback?version=0&from=7", 409, "version-conflict")]
    [InlineData("POST", "/levels/slow/rollback?version=7&from=0", 404, "unknown-version")]
    [InlineData("POST", "/levels/slow/replay", 400, "about:blank")]
    [InlineData("POST", "/levels/slow/replay?version=1", 404, "unknown-version")]
    [InlineData("POST", "/levels/deep/rollback?version=0&from=0", 404, "unknown-level")]
    [InlineData("GET", "/levels/slow/versions?count=1001", 400, "about:blank")]
    [InlineData("GET", "/levels/deep/versions", 404, "unknown-level")]
    [InlineData("DELETE", "/tenants/A", 400, "invalid-id")]
    [InlineData("POST", "/consolidate?level=deep", 404, "unknown-level")]
    [InlineData("POST", "/consolidate?level=A", 400, "invalid-id")]
    public async Task Versions_NotAccepted_AreRefused(string method, string path, int status, string type) =>
        await ProblemAssert.IsAsync(status, type, await _gateway.SendAsync(method, TestGateway.Model + path));

    [Fact]
    public async Task PutModel_GateInPart_HasItsOtherDefaults()
    {
        const string model = "/api/v1/models/gated";
        string partly = """{"spec":{"$kind":"classifier","features":64},"policy":{"gate":{"minProbes":7}}}""";
        string whole = """{"spec":{"$kind":"classifier","features":64},"policy":{"gate":{"minAgreement":0.5,"minProbes":7,"maxRegression":0.05,"probesPerLabel":8}}}""";
        Assert.Equal(HttpStatusCode.NoContent, (await _gateway.SendAsync("PUT", model, partly)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await _gateway.SendAsync("PUT", model, whole)).StatusCode);
        await ProblemAssert.IsAsync(400, "invalid-policy", await _gateway.SendAsync("PUT", model + "2", partly.Replace("7", "0", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Predict_TextAndFeatures_AnswersInOrder()
    {
        await _gateway.FeedAsync(TestGateway.Lines(1, 10));

        JsonNode answer = await TestGateway.JsonAsync(await _gateway.SendAsync(
            "POST", TestGateway.Ann + "/predict", """{"inputs":[{"text":"word3"},{"text":"word1"},{"features":[0,1]},{"features":{"5":0.5}}]}"""));

        JsonNode[] predictions = [.. answer["predictions"]!.AsArray().Select(prediction => prediction!)];
        Assert.Equal(4, predictions.Length);
        Assert.Equal(["class 3", "class 1"], predictions[..2].Select(prediction => prediction["label"]!.GetValue<string>()));
        Assert.All(predictions, prediction => Assert.True(float.IsFinite(prediction["score"]!.GetValue<float>())));
    }

    [Theory]
    [InlineData("""{"inputs":[{"text":"a"},{"text":7}]}""", "invalid-line", 2, "text")]
    [InlineData("""{"inputs":[{"features":[1,NaN]}]}""", "invalid-line", 1, "features")]
    [InlineData("""{"inputs":[{}]}""", "invalid-line", 1, "text")]
    [InlineData("""{"inputs":["a"]}""", "invalid-line", 1, null)]
    [InlineData("""{"inputs":[{"features":{"64":1}}]}""", "invalid-input", null, "features")]
    [InlineData("""{"inputs":"a"}""", "invalid-input", null, "inputs")]
    [InlineData("{}", "invalid-input", null, "inputs")]
    [InlineData("[]", "invalid-input", null, "inputs")]
    [InlineData("""{"inputs":[{"text":"a"}]""", "invalid-json", 1, null)]
    public async Task Predict_NotQuestions_NamesThePlaceAndField(string body, string type, int? line, string? field)
    {
        JsonNode problem = await ProblemAssert.IsAsync(400, type, await _gateway.SendAsync("POST", TestGateway.Ann + "/predict", body));

        Assert.Equal((line, field), (problem["line"]?.GetValue<int>(), problem["field"]?.GetValue<string>()));
    }

    [Theory]
    [InlineData("GET", "/api/v1/models/none/levels", 404, "unknown-model")]
    [InlineData("GET", "/api/v1/models/none/tenants/ann", 404, "unknown-model")]
    [InlineData("POST", "/api/v1/models/none/tenants/ann/flush?source=s", 404, "unknown-model")]
    [InlineData("GET", "/api/v1/models/small/levels/deep/version", 404, "unknown-level")]
    [InlineData("GET", "/api/v1/models/Small/levels", 400, "invalid-id")]
    [InlineData("GET", "/api/v1/models/..%2Fsmall/levels", 400, "invalid-id")]
    [InlineData("GET", "/api/v1/models/%2e%2e%5csmall/levels", 400, "invalid-id")]
    [InlineData("GET", "/api/v1/models/small/tenants/a%20b", 400, "invalid-id")]
    [InlineData("GET", "/api/v1/models/small/levels/%C3%A4/version", 400, "invalid-id")]
    [InlineData("POST", "/api/v1/models/small/tenants/ann/flush", 400, "invalid-id")]
    [InlineData("POST", "/api/v1/models/small/tenants/ann/flush?source=a&source=b", 400, "invalid-id")]
    [InlineData("GET", "/api/v1/models/small/../small/secret", 404, "about:blank")]
    [InlineData("DELETE", "/api/v1/models/Small", 400, "invalid-id")]
    [InlineData("PUT", "/api/v1/models/small/run", 501, "no-runs")]
    [InlineData("GET", "/api/v1/models/small/run", 501, "no-runs")]
    [InlineData("DELETE", "/api/v1/models/small/run", 501, "no-runs")]
    [InlineData("GET", "/api/v1", 404, "about:blank")]
    public async Task AnyRoute_WrongNames_AreRefused(string method, string path, int status, string type) =>
        await ProblemAssert.IsAsync(status, type, await _gateway.SendAsync(method, path));

    [Theory]
    [InlineData("PUT", TestGateway.Model)]
    [InlineData("POST", TestGateway.Ann + "/predict")]
    [InlineData("POST", TestGateway.Events)]
    public async Task AnyRoute_BodyOfAnotherKind_IsRefused(string method, string path) =>
        await ProblemAssert.IsAsync(415, "about:blank", await _gateway.SendAsync(method, path, "{}", "text/plain"));
}
