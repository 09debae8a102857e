using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Gateway.Tests;

/// <summary>Sequence models: made, fed texts, going on with them, and as files.</summary>
public sealed class SequenceTests
{
    private const string Model = "/api/v1/models/hope";
    private const string Ann = Model + "/tenants/ann";
    private const string Spec = """{"spec":{"$kind":"sequence","model":{"width":8,"blocks":1,"heads":2,"hidden":6,"periods":[1,2]},"training":{"length":7,"batch":2}}}""";
    private const string Safetensors = "application/vnd.safetensors";

    [Fact]
    public async Task PutModel_ShortForm_IsShownWhole()
    {
        await using TestGateway gateway = await WithModelAsync();

        JsonNode shown = await TestGateway.JsonAsync(await gateway.SendAsync("GET", Model));

        Assert.Equal((256, "bytes"), (shown["spec"]!["model"]!["vocabulary"]!.GetValue<int>(), shown["spec"]!["tokenizer"]!["kind"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.NoContent, (await gateway.SendAsync("PUT", Model, shown.ToJsonString())).StatusCode);
    }

    [Theory]
    [InlineData("""{"spec":{"$kind":"sequence","model":{"width":7,"blocks":0},"training":{"batch":0},"localSteps":-1}}""", 4)]
    [InlineData("""{"spec":{"$kind":"sequence","model":{"vocabulary":300}}}""", 1)]
    [InlineData("""{"spec":{"$kind":"sequence","tokenizer":{"kind":"words"}}}""", 1)]
    [InlineData("""{"spec":{"$kind":"sequence","tokenizer":{"kind":"characters","texts":{"characters":[null]}}}}""", 1)]
    [InlineData("""{"spec":{"$kind":"sequence","model":null,"outer":null}}""", 2)]
    [InlineData("""{"spec":{"$kind":"sequence","model":{"periods":null}}}""", 1)]
    [InlineData("""{"spec":{"$kind":"sequence","model":{"width":16384,"blocks":256}}}""", 1)]
    public async Task PutModel_OutOfRange_ListsAllThatIs(string body, int violations)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        JsonNode problem = await ProblemAssert.IsAsync(400, "invalid-spec", await gateway.SendAsync("PUT", Model, body));

        Assert.Equal(violations, problem["violations"]!.AsArray().Count);
    }

    [Fact]
    public async Task PutModel_Characters_KnowsAsManyTokens()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string characters = """{"spec":{"$kind":"sequence","tokenizer":{"kind":"characters","texts":{"characters":["abc "]}},"model":{"width":8,"blocks":1,"heads":2}}}""";

        Assert.Equal("", await (await gateway.SendAsync("PUT", Model, characters)).Content.ReadAsStringAsync());

        JsonNode[] answers = await TestGateway.LinesAsync(await gateway.FeedAsync("""{"sequence":1,"text":"abba"}""" + "\n" + """{"sequence":2,"text":"axa"}""", Ann + "/events?source=test"));
        Assert.Equal((1, "text"), (answers[0]["learned"]!.GetValue<int>(), answers[1]["field"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Events_TextsAndTokens_ShowBitsPerByte()
    {
        await using TestGateway gateway = await WithModelAsync();
        string lines = """{"sequence":1,"text":"to be or not to be"}""" + "\n" + """{"sequence":2,"tokens":[116,111,32,98,101,111],"windows":2}""";

        JsonNode receipt = (await TestGateway.LinesAsync(await gateway.FeedAsync(lines, Ann + "/events?source=test")))[^1];
        JsonNode memory = await TestGateway.JsonAsync(await gateway.SendAsync("GET", Ann));

        Assert.Equal((2, 0), (receipt["appliedThrough"]!.GetValue<int>(), receipt["correct"]!.GetValue<int>()));
        Assert.Equal(17 + 4, memory["code"]!["bytes"]!.GetValue<int>());
        Assert.InRange(memory["code"]!["bitsPerByte"]!.GetValue<double>(), 7, 9);
        Assert.InRange(memory["loss"]!.GetValue<double>(), 9, 13);
    }

    [Theory]
    [InlineData("""{"sequence":1,"text":"a"}""", "text")]
    [InlineData("""{"sequence":1,"tokens":[1,2,3],"windows":2}""", "tokens")]
    [InlineData("""{"sequence":1,"tokens":[1,300]}""", "tokens")]
    [InlineData("""{"sequence":1,"tokens":[1,-1]}""", "tokens")]
    [InlineData("""{"sequence":1,"tokens":[1,2,3,4,5,6,7,8,9]}""", "tokens")]
    [InlineData("""{"sequence":1,"tokens":"ab"}""", "tokens")]
    [InlineData("""{"sequence":1,"tokens":[1,2],"windows":0}""", "windows")]
    [InlineData("""{"sequence":1,"tokens":[1,2],"text":"ab"}""", "tokens")]
    [InlineData("""{"sequence":1,"features":[1,2]}""", "input")]
    public async Task Events_NotOfTheModel_AreNamed(string line, string field)
    {
        await using TestGateway gateway = await WithModelAsync();

        JsonNode problem = (await TestGateway.LinesAsync(await gateway.FeedAsync(line, Ann + "/events?source=test")))[^1];

        Assert.Equal((400, field), (problem["status"]!.GetValue<int>(), problem["field"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Generate_Prompt_AnswersAnEventForEachPieceAndOneAtTheEnd()
    {
        await using TestGateway gateway = await WithModelAsync();

        HttpResponseMessage response = await gateway.SendAsync("POST", Ann + "/generate", """{"prompt":"to be","maxTokens":5,"temperature":0,"keepState":true}""");

        string[] events = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.All(events[..^1], piece => Assert.StartsWith("event: text\ndata: {\"text\":\"", piece, StringComparison.Ordinal));
        Assert.StartsWith("event: end\ndata: ", events[^1], StringComparison.Ordinal);
        JsonNode end = JsonNode.Parse(events[^1]["event: end\ndata: ".Length..])!;
        Assert.Equal((5, 5, 10, false), (end["promptTokens"]!.GetValue<int>(), end["tokens"]!.GetValue<int>(), end["position"]!.GetValue<int>(), end["stopped"]!.GetValue<bool>()));
        Assert.Equal(["period-1", "period-2"], end["versions"]!.AsArray().Select(level => level!["level"]!.GetValue<string>()));
        string on = $$"""{"state":"{{end["state"]!.GetValue<string>()}}","maxTokens":1}""";
        Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync("POST", Ann + "/generate", on)).StatusCode);
        await ProblemAssert.IsAsync(400, "invalid-input", await gateway.SendAsync("POST", Model + "/tenants/ben/generate", on));
    }

    [Theory]
    [InlineData("""{"prompt":"a","maxTokens":0,"temperature":-1,"stop":[""]}""", 400, "invalid-generation")]
    [InlineData("""{"prompt":""}""", 400, "invalid-generation")]
    [InlineData("""{"prompt":"a","stop":[null]}""", 400, "invalid-input")]
    [InlineData("""{"prompt":"a","maxTokens":1000000}""", 400, "invalid-input")]
    [InlineData("""{"prompt":"a","state":"AAAA"}""", 400, "invalid-input")]
    [InlineData("""{"prompt":"a","state":"not base 64"}""", 400, "invalid-json")]
    [InlineData("""{"prompt":"a","topp":1}""", 400, "invalid-json")]
    [InlineData("null", 400, "invalid-json")]
    public async Task Generate_NotAccepted_IsAProblem(string body, int status, string type)
    {
        await using TestGateway gateway = await WithModelAsync();

        await ProblemAssert.IsAsync(status, type, await gateway.SendAsync("POST", Ann + "/generate", body));
    }

    [Fact]
    public async Task Generate_CallerGoesAway_LeavesItsPlace()
    {
        await using TestGateway gateway = await WithModelAsync(options => (options.MaxGenerations, options.MaxGeneratedTokens) = (1, 1_000_000_000));
        using HttpRequestMessage request = new(HttpMethod.Post, Ann + "/generate")
        {
            Content = new StringContent("""{"prompt":"to be","maxTokens":1000000000}""", Encoding.UTF8, "application/json"),
        };
        using (HttpResponseMessage endless = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            await (await endless.Content.ReadAsStreamAsync()).ReadExactlyAsync(new byte[20]);
            await ProblemAssert.IsAsync(429, "busy", await gateway.SendAsync("POST", Ann + "/generate", """{"prompt":"a"}"""));
        }

        HttpStatusCode status;
        do
        {
            status = (await gateway.SendAsync("POST", Ann + "/generate", """{"prompt":"a","maxTokens":1}""")).StatusCode;
        }
        while (status == HttpStatusCode.TooManyRequests);

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task Checkpoint_OfAModel_MakesTheSameUnderAnotherName()
    {
        await using TestGateway gateway = await WithModelAsync();
        await gateway.FeedAsync("""{"sequence":1,"text":"to be or not to be"}""", Ann + "/events?source=test");
        await gateway.SendAsync("POST", Ann + "/flush?source=test");

        HttpResponseMessage response = await gateway.SendAsync("GET", Model + "/checkpoint");
        byte[] file = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(Safetensors, response.Content.Headers.ContentType!.MediaType);
        SequenceModelManifest manifest = SequenceModelFile.ManifestOf(new SafetensorsReader(new MemoryStream(file)));
        Assert.Equal((1, "hope", 1), (manifest.Step, manifest.Architecture, manifest.Levels[0].Version));
        Assert.Equal("", await (await PutAsync(gateway, "copy", file)).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await PutAsync(gateway, "copy", file)).StatusCode);
        const string body = """{"prompt":"to","maxTokens":9}""";
        string[] texts = await Task.WhenAll(new[] { "hope", "copy" }.Select(async model =>
        {
            string answer = await (await gateway.SendAsync("POST", $"/api/v1/models/{model}/tenants/ann/generate", body)).Content.ReadAsStringAsync();
            return answer[..answer.IndexOf("event: end", StringComparison.Ordinal)];
        }));
        Assert.Equal(texts[0], texts[1]);
        await ProblemAssert.IsAsync(409, "model-conflict", await PutAsync(gateway, "hope", file));
    }

    [Fact]
    public async Task Checkpoint_HostileFiles_AreRefused()
    {
        await using TestGateway gateway = await WithModelAsync(options => options.MaxModelParameters = 100_000);
        byte[] file = await (await gateway.SendAsync("GET", Model + "/checkpoint")).Content.ReadAsByteArrayAsync();
        byte[] longHeader = [.. file];
        longHeader[6] = 1;
        byte[] infinite = [.. file];
        BitConverter.TryWriteBytes(infinite.AsSpan(infinite.Length - 4), float.PositiveInfinity);
        string text = Encoding.Latin1.GetString(file);
        byte[][] hostile =
        [
            [],
            "oops"u8.ToArray(),
            file[..^1],
            [.. file, 0],
            longHeader,
            infinite,
            Encoding.Latin1.GetBytes(text.Replace("block0/norm", "block0/worm", StringComparison.Ordinal)),
            Encoding.Latin1.GetBytes(text.Replace("nested-learning-model", "nested-learning-hotel", StringComparison.Ordinal).Replace("\"nested-learning\"", "\"nested-earnings\"", StringComparison.Ordinal)),
        ];

        foreach (byte[] bytes in hostile)
        {
            await ProblemAssert.IsAsync(400, "invalid-model-file", await PutAsync(gateway, "copy", bytes));
        }

        await ProblemAssert.IsAsync(415, "about:blank", await PutAsync(gateway, "copy", file, "application/json"));
        Assert.Equal("[\"hope\"]", await (await gateway.SendAsync("GET", "/api/v1/models")).Content.ReadAsStringAsync());
    }

    private static async Task<TestGateway> WithModelAsync(Action<GatewayOptions>? configure = null)
    {
        TestGateway gateway = await TestGateway.StartAsync(configure: configure);
        Assert.Equal("", await (await gateway.SendAsync("PUT", Model, Spec)).Content.ReadAsStringAsync());
        return gateway;
    }

    private static Task<HttpResponseMessage> PutAsync(TestGateway gateway, string model, byte[] file, string media = Safetensors)
    {
        HttpRequestMessage request = new(HttpMethod.Put, $"/api/v1/models/{model}/checkpoint") { Content = new ByteArrayContent(file) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(media);
        return gateway.Http.SendAsync(request);
    }
}
