using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NestedLearning.Tensors;

namespace NestedLearning.Gateway.Tests;

/// <summary>Classifiers as files.</summary>
public sealed class ClassifierCheckpointTests
{
    private const string Checkpoint = TestGateway.Model + "/checkpoint";
    private const string Safetensors = "application/vnd.safetensors";

    [Fact]
    public async Task Checkpoint_OfAClassifier_GoesOnUnderAnotherName()
    {
        await using TestGateway gateway = await TaughtAsync();
        byte[] file = await GetAsync(gateway, Checkpoint);

        Assert.Equal("", await (await PutAsync(gateway, "copy", file)).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await PutAsync(gateway, "copy", file)).StatusCode);
        await ProblemAssert.IsAsync(409, "model-conflict", await PutAsync(gateway, "small", file));

        foreach (string model in new[] { "small", "copy" })
        {
            string ben = $"/api/v1/models/{model}/tenants/ben";
            await gateway.FeedAsync(TestGateway.Lines(1, 12), ben + "/events?source=test");
            await gateway.SendAsync("POST", ben + "/flush?source=test");
        }

        byte[] original = await GetAsync(gateway, Checkpoint);
        byte[] copied = await GetAsync(gateway, "/api/v1/models/copy/checkpoint");
        Assert.NotEqual(file, original);
        Assert.Equal(Values(original), Values(copied));
        JsonNode versions = await TestGateway.JsonAsync(await gateway.SendAsync("GET", "/api/v1/models/copy/levels/slow/versions"));
        Assert.Equal(["Folded", "Imported"], versions.AsArray().Select(version => version!["entry"]!["outcome"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Checkpoint_OfAClassifier_IsReadByItsNames()
    {
        await using TestGateway gateway = await TaughtAsync();

        SafetensorsReader reader = new(new MemoryStream(await GetAsync(gateway, Checkpoint)));

        Assert.Equal(
            ["weights F32 [64, 5]", "energies F32 [64]", "statistics/gram F64 [2080]", "statistics/cross F64 [64, 5]", "statistics/counts F64 [5]"],
            reader.Tensors.Select(tensor => tensor.ToString()));
        JsonNode classes = JsonNode.Parse(reader.Metadata["nested-learning-classes"])!;
        Assert.Equal(["class 0", "class 1", "class 2", "class 3", "class 4"], classes["labels"]!.AsArray().Select(label => label!.GetValue<string>()).Order());
        Assert.Equal([2, 2, 2, 2, 2], classes["events"]!.AsArray().Select(count => count!.GetValue<int>()));
        JsonNode statistics = JsonNode.Parse(reader.Metadata["nested-learning-statistics"])!;
        Assert.Equal((1, 10, 0, 5), (statistics["version"]!.GetValue<int>(), statistics["events"]!.GetValue<int>(), statistics["clock"]!.GetValue<int>(), statistics["labels"]!.AsArray().Count));
    }

    [Fact]
    public async Task Checkpoint_WeightsOnly_IsShortAndSaysWhyItIsNotTakenIn()
    {
        await using TestGateway gateway = await TaughtAsync();

        byte[] file = await GetAsync(gateway, Checkpoint + "?weightsOnly=true");

        Assert.Equal(["weights", "energies"], new SafetensorsReader(new MemoryStream(file)).Tensors.Select(tensor => tensor.Name));
        JsonNode problem = await ProblemAssert.IsAsync(400, "invalid-model-file", await PutAsync(gateway, "copy", file));
        Assert.Equal(
            "The model file: the classifier's statistics is missing: it was exported with its weights only, or by a version that left them out, accepted: a file with what the classifier goes on learning from; export it again, without --weights-only.",
            problem["detail"]!.GetValue<string>());
        Assert.Equal(await GetAsync(gateway, Checkpoint), await GetAsync(gateway, Checkpoint + "?weightsOnly=false"));
        await ProblemAssert.IsAsync(400, "about:blank", await gateway.SendAsync("GET", Checkpoint + "?weightsOnly=maybe"));
    }

    [Fact]
    public async Task Checkpoint_HostileFiles_AreRefused()
    {
        await using TestGateway gateway = await TaughtAsync();
        byte[] file = await GetAsync(gateway, Checkpoint);
        string text = Encoding.Latin1.GetString(file);
        int begin = 8 + (int)BitConverter.ToInt64(file);
        SafetensorsEntry gram = new SafetensorsReader(new MemoryStream(file)).Find("statistics/gram")!;
        byte[] infinite = [.. file];
        BitConverter.TryWriteBytes(infinite.AsSpan(begin + (int)gram.Begin), double.PositiveInfinity);
        byte[] negative = [.. file];
        BitConverter.TryWriteBytes(negative.AsSpan(begin + (int)gram.End - sizeof(double)), -5.0);
        byte[][] files = [file[..^1], [.. file, 0], Changed("statistics/gram", "statistics/ram_"), Changed("nested-learning-classes", "nested-learning-glasses")];
        byte[][] inputs = [infinite, negative, Changed("class 4", "class 3"), Changed("clock\\u0022:0", "clock\\u0022:7")];

        foreach (byte[] hostile in files)
        {
            await ProblemAssert.IsAsync(400, "invalid-model-file", await PutAsync(gateway, "copy", hostile));
        }

        foreach (byte[] hostile in inputs)
        {
            Assert.Equal("levels", (await ProblemAssert.IsAsync(400, "invalid-input", await PutAsync(gateway, "copy", hostile)))["field"]!.GetValue<string>());
        }

        await ProblemAssert.IsAsync(415, "about:blank", await PutAsync(gateway, "copy", file, "application/json"));
        Assert.Equal("[\"small\"]", await (await gateway.SendAsync("GET", "/api/v1/models")).Content.ReadAsStringAsync());

        byte[] Changed(string from, string to) => Encoding.Latin1.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Checkpoint_MoreValuesThanTheServerTakes_IsRefused()
    {
        await using TestGateway gateway = await TaughtAsync(options => options.MaxModelParameters = 2000);

        JsonNode problem = await ProblemAssert.IsAsync(400, "invalid-model-file", await PutAsync(gateway, "copy", await GetAsync(gateway, Checkpoint)));

        Assert.Contains("the number of values is 2789, accepted: up to 2000", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static async Task<TestGateway> TaughtAsync(Action<GatewayOptions>? configure = null)
    {
        TestGateway gateway = await TestGateway.WithModelAsync(configure: configure);
        await gateway.FeedAsync(TestGateway.Lines(1, 10));
        await gateway.SendAsync("POST", TestGateway.Ann + "/flush?source=test");
        return gateway;
    }

    private static float[][] Values(byte[] file)
    {
        SafetensorsReader reader = new(new MemoryStream(file));
        return [.. reader.Tensors.Select(reader.Read)];
    }

    private static async Task<byte[]> GetAsync(TestGateway gateway, string path)
    {
        HttpResponseMessage response = await gateway.SendAsync("GET", path);
        Assert.Equal((HttpStatusCode.OK, Safetensors), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        return await response.Content.ReadAsByteArrayAsync();
    }

    private static Task<HttpResponseMessage> PutAsync(TestGateway gateway, string model, byte[] file, string media = Safetensors)
    {
        HttpRequestMessage request = new(HttpMethod.Put, $"/api/v1/models/{model}/checkpoint") { Content = new ByteArrayContent(file) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(media);
        return gateway.Http.SendAsync(request);
    }
}
