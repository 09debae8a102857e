using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace NestedLearning.Gateway.Tests.Bodies;

/// <summary>Bodies in gzip: what is sensible is taken, and what is made to cost is refused early.</summary>
public sealed class CompressedBodyTests : IAsyncLifetime
{
    private const string Predict = TestGateway.Ann + "/predict";
    private const int Mebibyte = 1024 * 1024;

    private TestGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await TestGateway.WithModelAsync();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Events_InGzip_AreLearned()
    {
        HttpResponseMessage response = await SendAsync(TestGateway.Events, Gzip(TestGateway.Lines(1, 700)), "application/x-ndjson");

        Assert.Equal(700, (await TestGateway.LinesAsync(response))[^1]["appliedThrough"]!.GetValue<int>());
        Assert.Equal(700, await _gateway.LearnedAsync());
    }

    [Fact]
    public async Task Questions_InGzip_AreAnswered()
    {
        HttpResponseMessage response = await SendAsync(Predict, Gzip("""{"inputs":[{"text":"a"},{"text":"b"}]}"""), "application/json");

        Assert.Equal(2, (await TestGateway.JsonAsync(response))["predictions"]!.AsArray().Count);
    }

    [Fact]
    public async Task Questions_Bomb_AreTooLarge()
    {
        byte[] bomb = Gzip(new string(' ', 80 * Mebibyte));
        Assert.InRange(bomb.Length, 1, Mebibyte);

        await ProblemAssert.IsAsync(413, "blank", await SendAsync(Predict, bomb, "application/json"));
    }

    [Theory]
    [InlineData(' ')]
    [InlineData('\n')]
    public async Task Events_Bomb_AreTooLarge(char filling)
    {
        byte[] bomb = Gzip(TestGateway.Line(1) + "\n" + new string(filling, 80 * Mebibyte) + TestGateway.Line(2));

        HttpResponseMessage response = await SendAsync(TestGateway.Events, bomb, "application/x-ndjson");

        JsonNode last = (await TestGateway.LinesAsync(response))[^1];
        Assert.Equal(413, last["status"]!.GetValue<int>());
        Assert.Equal(1, await _gateway.LearnedAsync());
    }

    [Theory]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("gzip, gzip")]
    [InlineData("identity")]
    public async Task Events_InAnotherEncoding_AreToldWhatIsAccepted(string coding)
    {
        HttpResponseMessage response = await SendAsync(TestGateway.Events, Gzip(TestGateway.Line(1)), "application/x-ndjson", coding);

        JsonNode problem = await ProblemAssert.IsAsync(415, "blank", response);
        Assert.Contains($"'{coding}'", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("gzip", response.Headers.GetValues("Accept-Encoding").Single());
    }

    [Fact]
    public async Task Questions_NoGzip_AreRefused()
    {
        byte[] plain = Encoding.UTF8.GetBytes("""{"inputs":[{"text":"a"}]}""");

        await ProblemAssert.IsAsync(400, "blank", await SendAsync(Predict, plain, "application/json"));
    }

    [Fact]
    public async Task Events_CutOffGzip_KeepsThoseBefore()
    {
        byte[] whole = Gzip(TestGateway.Lines(1, 2000));

        HttpResponseMessage response = await SendAsync(TestGateway.Events, whole[..(whole.Length / 2)], "application/x-ndjson");

        JsonNode[] lines = await TestGateway.LinesAsync(response);
        Assert.Equal(400, lines[^1]["status"]!.GetValue<int>());
        Assert.Equal(lines[^2]["appliedThrough"]!.GetValue<long>(), await _gateway.LearnedAsync());
    }

    private static byte[] Gzip(string text)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.SmallestSize))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private async Task<HttpResponseMessage> SendAsync(string path, byte[] body, string media, string coding = "gzip")
    {
        ByteArrayContent content = new(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(media);
        Assert.True(content.Headers.TryAddWithoutValidation("Content-Encoding", coding));
        return await _gateway.Http.PostAsync(path, content);
    }
}
