using System.Text.Json.Nodes;
using NestedLearning.Cli.Commands;
using NestedLearning.Cli.Tests.Commands;
using NestedLearning.Cli.Tests.Data;
using NestedLearning.Cli.Tests.Rendering;

namespace NestedLearning.Cli.Tests.Serving;

/// <summary><c>nl models create</c> against a server.</summary>
public sealed class ModelsCreateCommandTests : IDisposable
{
    private const string SmallHope =
        """{"spec": {"$kind": "sequence", "model": {"width": 16, "heads": 2, "blocks": 1, "periods": [1]}}, "policy": {"minContributors": 2}}""";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task ModelsCreate_SettingsOfAFile_MakesWhatTheyAreAndJoinsItAgain()
    {
        await using NlServer server = await NlServer.StartAsync(Path.Combine(_folder.Path, "state"));
        string settings = _folder.Write("hope.json", SmallHope);

        for (int time = 0; time < 2; time++)
        {
            NlResult result = await Nl.RunAsync("models", "create", "hope", "--settings", settings, "--server", server.Url);
            Assert.Equal("", result.Error);
            Assert.StartsWith("The model 'hope' is there, with the levels ", result.Output, StringComparison.Ordinal);
        }

        JsonNode made = Assert.Single((await ModelsAsync(server)).AsArray())!;
        Assert.Equal("hope", made["name"]!.GetValue<string>());
        Assert.Equal(16, made["settings"]!["spec"]!["model"]!["width"]!.GetValue<int>());
        Assert.Equal(2, made["settings"]!["policy"]!["minContributors"]!.GetValue<int>());
    }

    [Fact]
    public async Task ModelsCreate_SettingsOfAnotherModel_MakeItAgain()
    {
        await using NlServer server = await NlServer.StartAsync(Path.Combine(_folder.Path, "state"));
        string settings = _folder.Write("hope.json", SmallHope);
        Assert.Equal(0, (await Nl.RunAsync("models", "create", "hope", "--settings", settings, "--server", server.Url)).ExitCode);

        string copied = _folder.Write("copy.json", (await ModelsAsync(server))[0]!["settings"]!.ToJsonString());
        Assert.Equal(0, (await Nl.RunAsync("models", "create", "twin", "--settings", copied, "--server", server.Url)).ExitCode);

        JsonArray models = (await ModelsAsync(server)).AsArray();
        Assert.Equal(["hope", "twin"], models.Select(model => model!["name"]!.GetValue<string>()));
        Assert.True(JsonNode.DeepEquals(models[0]!["settings"], models[1]!["settings"]));
    }

    [Fact]
    public async Task ModelsCreate_NoSettings_MakesAClassifier()
    {
        await using NlServer server = await NlServer.StartAsync(Path.Combine(_folder.Path, "state"));

        NlResult result = await Nl.RunAsync("models", "create", "support", "--server", server.Url);

        Assert.Equal((0, "The model 'support' is there, with the levels fast, slow.\n"), (result.ExitCode, result.Output.ReplaceLineEndings("\n")));
    }

    [Fact]
    public async Task ModelsCreate_SettingsFromStandardInput_AreRead()
    {
        await using NlServer server = await NlServer.StartAsync(Path.Combine(_folder.Path, "state"));
        PlainConsole console = new();
        using StringWriter error = new();
        using StringReader input = new("""{"spec": {"$kind": "classifier", "features": 64}}""");
        CommandContext context = new(console.Console, error, TimeProvider.System) { Input = input };

        Assert.Equal(0, await NlCommand.RunAsync(["models", "create", "small", "--settings", "-", "--server", server.Url], context));

        Assert.Equal(64, (await ModelsAsync(server))[0]!["settings"]!["spec"]!["features"]!.GetValue<int>());
    }

    [Fact]
    public async Task ModelsCreate_OtherSettingsThanThere_AreRefused()
    {
        await using NlServer server = await NlServer.StartAsync(Path.Combine(_folder.Path, "state"));
        Assert.Equal(0, (await Nl.RunAsync("models", "create", "hope", "--server", server.Url)).ExitCode);

        string message = Nl.AssertFailed(
            1, await Nl.RunAsync("models", "create", "hope", "--settings", _folder.Write("hope.json", SmallHope), "--server", server.Url));

        Assert.Contains("hope", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "hope.json: ")]
    [InlineData("{}", "spec has no '$kind' that is known")]
    [InlineData("""{"spec": {"$kind": "classifier", "features": 3}}""", "Features is 3, accepted: a power of two from 64 to 16384")]
    [InlineData("""{"spec": {"$kind": "classifier", "fearures": 64}}""", "fearures")]
    public async Task ModelsCreate_BadSettings_AreNamed(string settings, string expected)
    {
        string file = _folder.Write("hope.json", settings);

        string message = Nl.AssertFailed(1, await Nl.RunAsync("models", "create", "hope", "--settings", file, "--server", "http://127.0.0.1:1"));

        Assert.StartsWith($"nl: {file}: ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModelsCreate_NoSuchFile_IsNamed()
    {
        string file = Path.Combine(_folder.Path, "missing.json");

        Assert.Contains(file, Nl.AssertFailed(1, await Nl.RunAsync("models", "create", "hope", "--settings", file, "--server", "http://127.0.0.1:1")), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<JsonNode> ModelsAsync(NlServer server)
    {
        string json = Path.Combine(_folder.Path, "models.json");
        Assert.Equal(0, (await Nl.RunAsync("models", "--server", server.Url, "--json", json)).ExitCode);
        return JsonNode.Parse(await File.ReadAllTextAsync(json))!["models"]!;
    }
}
