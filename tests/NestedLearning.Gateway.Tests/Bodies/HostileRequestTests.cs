using System.Text.Json.Nodes;

namespace NestedLearning.Gateway.Tests.Bodies;

/// <summary>Requests made to confuse or to exhaust: each is answered with a 4xx, and the server goes on.</summary>
public sealed class HostileRequestTests : IAsyncLifetime
{
    private const string Feed = "POST " + TestGateway.Events + " HTTP/1.1\r\nConnection: close\r\nContent-Type: application/x-ndjson\r\n";
    private const string Ask = "POST " + TestGateway.Ann + "/predict HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n";

    private TestGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await TestGateway.WithModelAsync(configure: options =>
    {
        options.MaxBodyBytes = 4096;
        options.MaxLineBytes = 1024;
    });

    public async Task DisposeAsync()
    {
        Assert.Equal(0, await _gateway.LearnedAsync());
        await _gateway.DisposeAsync();
    }

    [Theory]
    [InlineData("Host: localhost\r\nHost: other\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("Content-Length: 0\r\n\r\n")]
    [InlineData("Host: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n12345")]
    [InlineData("Host: localhost\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("Host: localhost\r\nContent-Length: 0x10\r\n\r\n")]
    [InlineData("Host: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("Host: localhost\r\nTransfer-Encoding: gzip\r\n\r\n")]
    [InlineData("Host: localhost\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("Host: localhost\r\n folded: x\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("Host : localhost\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("Host: evil.example\r\nContent-Length: 0\r\n\r\n")]
    public async Task Headers_Tricks_AreRefused(string rest)
    {
        string answer = await RawRequest.SendAsync(_gateway, Feed + rest);

        Assert.Matches("^HTTP/1.1 4[0-9][0-9] |\"status\":400", answer);
    }

    [Fact]
    public async Task Headers_LengthAndChunks_AreNoSecondRequest()
    {
        string answer = await RawRequest.SendAsync(
            _gateway, Ask + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");

        Assert.DoesNotContain("ok\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_TooLong_AreRefused()
    {
        string answer = await RawRequest.SendAsync(_gateway, Ask + $"X: {new string('a', 100_000)}\r\n\r\n");

        Assert.Matches("^HTTP/1.1 431|^$", answer); // The connection may be gone before the answer was read.
    }

    [Theory]
    [InlineData("/api/v1/models/small/tenants/ann/../../../../../etc/passwd")]
    [InlineData("/api/v1/models/small/tenants/..%2f..%2fetc")]
    [InlineData("/api/v1/models/small/tenants/%252e%252e")]
    [InlineData("/api/v1/models/small/tenants/ann%00")]
    [InlineData("/api/v1/models/small/tenants/ann%0d%0aX:%20y")]
    [InlineData("//evil.example/api/v1/models/small/tenants/ann")]
    [InlineData("/api/v1//models/small/tenants/ann")]
    [InlineData("/api/v1/models/small\\tenants\\ann")]
    [InlineData("/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd")]
    public async Task Path_Tricks_LeadNowhere(string path)
    {
        string answer = await RawRequest.SendAsync(_gateway, $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.Matches("^HTTP/1.1 40[04] ", answer);
        Assert.DoesNotContain("\r\nX: y", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_TooLong_IsRefusedHoweverItIsSent()
    {
        string body = $$"""{"inputs":[{"text":"{{new string('a', 5000)}}"}]}""";
        string sized = await RawRequest.SendAsync(_gateway, Ask + $"Content-Length: {body.Length}\r\n\r\n{body}");
        string chunked = await RawRequest.SendAsync(
            _gateway, Ask + $"Transfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 413", sized, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 413", chunked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_CutOff_TheServerGoesOn()
    {
        await RawRequest.SendAndLeaveAsync(_gateway, Ask + "Content-Length: 500\r\n\r\n{\"inputs\":[");

        Assert.Equal("ok\n", await _gateway.Http.GetStringAsync("/healthz"));
    }

    /// <summary>Kestrel asks for 240 bytes a second after 5 seconds; the test waits for its answer, not for a time.</summary>
    [Fact]
    public async Task Body_ThatDoesNotCome_IsCutOff()
    {
        string answer = await RawRequest.SendAsync(_gateway, Ask + "Content-Length: 500\r\n\r\n{");

        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("oops")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"sequence\":1}")]
    [InlineData("{\"sequence\":1,\"text\":\"a\"")]
    [InlineData("{\"sequence\":1,\"text\":\"a\",\"label\":\"x\"}{}")]
    [InlineData("{\"sequence\":1.5,\"text\":\"a\",\"label\":\"x\"}")]
    [InlineData("{\"sequence\":\"1\",\"text\":\"a\",\"label\":\"x\"}")]
    [InlineData("{\"sequence\":0,\"text\":\"a\",\"label\":\"x\"}")]
    [InlineData("{\"sequence\":9223372036854775808,\"text\":\"a\",\"label\":\"x\"}")]
    [InlineData("{\"sequence\":1,\"text\":1,\"label\":\"x\"}")]
    [InlineData("{\"sequence\":1,\"text\":\"\\ud800\",\"label\":\"x\"}")]
    [InlineData("{\"sequence\":1,\"text\":\"a\",\"features\":{\"1\":1},\"label\":\"x\"}")]
    [InlineData("{\"sequence\":1,\"features\":{\"1\":1e99},\"label\":\"x\"}")]
    public async Task Line_ThatIsNoEvent_NamesTheLine(string line)
    {
        JsonNode problem = await ProblemAssert.IsAsync(400, "invalid-line", await _gateway.FeedAsync("\n\n" + line));

        Assert.Equal(3, problem["line"]!.GetValue<int>());
    }

    [Fact]
    public async Task Line_DeeplyNested_IsRefused()
    {
        string nested = "{\"sequence\":1,\"x\":" + new string('[', 200) + new string(']', 200) + ",\"text\":\"a\",\"label\":\"x\"}";

        await ProblemAssert.IsAsync(400, "invalid-line", await _gateway.FeedAsync(nested));
    }

    [Fact]
    public async Task Line_TooLong_IsRefused() =>
        await ProblemAssert.IsAsync(413, "too-large", await _gateway.FeedAsync(TestGateway.Line(1, new string('a', 2000))));
}
