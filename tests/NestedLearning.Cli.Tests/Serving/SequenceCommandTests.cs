using System.Text.Json.Nodes;
using NestedLearning.Cli.Tests.Commands;
using NestedLearning.Cli.Tests.Data;
using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Cli.Tests.Serving;

/// <summary>Sequence models by <c>nl feed</c>, <c>generate</c>, <c>export</c> and <c>import</c>.</summary>
public sealed class SequenceCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _state;
    private readonly string _model;
    private readonly string _file;
    private readonly string _json;

    public SequenceCommandTests()
    {
        _state = Path.Combine(_folder.Path, "state");
        _model = Path.Combine(_folder.Path, "model.safetensors");
        _file = Path.Combine(_folder.Path, "stream.bin");
        _json = Path.Combine(_folder.Path, "result.json");
        SequenceSpec small = SequenceSpec.OfBytes with { Model = new SequenceSettings(256) { Width = 8, Blocks = 1, Heads = 2, Hidden = 8, Periods = [1, 2] } };
        using SequenceModel model = new(new ManagedBackend(1), small.Model);
        using FileStream file = File.Create(_model);
        SequenceModelFile.Write(file, SequenceModelFile.Describe(model, new ByteTokenizer(), 0, [0, 0]), model.Parameters.Save());
    }

    [Fact]
    public async Task Feed_AText_TeachesAModelThatGoesOnAndIsExported()
    {
        string text = _folder.Write("text.txt", string.Concat(Enumerable.Repeat("It is said.\n", 30)));
        string exported = Path.Combine(_folder.Path, "exported.safetensors");
        string[] ofServer;
        await using (NlServer server = await NlServer.StartAsync(_state))
        {
            ofServer = ["--model", "hope", "--tenant", "ann", "--server", server.Url];
            string imported = Succeed(await Nl.RunAsync("import", _model, "--model", "hope", "--server", server.Url));
            Assert.Equal($"'hope' begins with {_model}: period-1, period-2.", imported.ReplaceLineEndings(" ").TrimEnd());

            string fed = Succeed(await Nl.RunAsync(["feed", "--data", text, "--as-text", "--piece", "64", "--json", _json, .. ofServer]));
            JsonNode report = JsonNode.Parse(File.ReadAllText(_json))!;
            Assert.StartsWith("All 6 events are durable", fed, StringComparison.Ordinal);
            Assert.InRange(report["bitsPerByte"]!.GetValue<double>(), 6, 9);
            Assert.Contains("bits a byte before", Succeed(await Nl.RunAsync(["tenants", "show", .. ofServer])), StringComparison.Ordinal);
            Succeed(await Nl.RunAsync(["generate", "It is", "--max-tokens", "8", "--json", _json, .. ofServer]));
            Succeed(await Nl.RunAsync("export", "--model", "hope", "--server", server.Url, "--to", exported));
        }

        string here = Succeed(await Nl.RunAsync("generate", "--from", exported, "It is", "--max-tokens", "8"));
        Assert.Equal("It is" + JsonNode.Parse(File.ReadAllText(_json))!["text"]!.GetValue<string>(), here.TrimEnd('\r', '\n'));
        string again = Path.Combine(_folder.Path, "again.safetensors");
        Assert.Contains("version 6 of period-1, version 3 of period-2", Succeed(await Nl.RunAsync("export", "--data-dir", _state, "--model", "hope", "--to", again)).ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(exported), File.ReadAllBytes(again));
        Succeed(await Nl.RunAsync("import", exported, "--model", "copy", "--data-dir", _state));
    }

    [Fact]
    public async Task Generate_WithAState_GoesOnAsIfItHadNotEnded()
    {
        string whole = await GenerateAsync("It is", "--max-tokens", "20");

        string first = await GenerateAsync("It is", "--max-tokens", "9", "--state", _file);
        string second = await GenerateAsync("", "--max-tokens", "11", "--state", _file);

        Assert.Equal(whole, first + second);
        NlResult ofOther = await Nl.RunAsync("generate", "--from", _model, "--tenant", "ben", "--state", _file, "It is");
        Assert.StartsWith("nl: state is none of this tenant's streams of this model", Nl.AssertFailed(1, ofOther), StringComparison.Ordinal);
        Assert.Empty(ofOther.Output);
    }

    [Fact]
    public async Task Options_ThatDoNotGo_SaysWhy()
    {
        string text = _folder.Write("text.txt", "text");
        Assert.Equal("nl: --from or --server is needed; accepted: one of them.", Nl.AssertFailed(2, await Nl.RunAsync("generate", "a")));
        Assert.Equal("nl: --data-dir or --server is needed; accepted: one of them.", Nl.AssertFailed(2, await Nl.RunAsync("export", "--to", _file)));
        Assert.Equal("nl: --server needs --model.", Nl.AssertFailed(2, await Nl.RunAsync("import", _model, "--server", "http://127.0.0.1:1")));
        Assert.StartsWith("nl: No text can be generated:", Nl.AssertFailed(2, await Nl.RunAsync("generate", "--from", _model, "a", "--temperature", "-1")), StringComparison.Ordinal);
        Assert.StartsWith("nl: --piece is 1;", Nl.AssertFailed(2, await Nl.RunAsync("feed", "--data", text, "--as-text", "--piece", "1", "--tenant", "ann", "--server", "http://127.0.0.1:1")), StringComparison.Ordinal);
        Assert.Contains("safetensors: ", Nl.AssertFailed(1, await Nl.RunAsync("generate", "--from", text, "a")), StringComparison.Ordinal);
        Assert.Contains("no such file", Nl.AssertFailed(1, await Nl.RunAsync("generate", "--from", _file, "a")), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> GenerateAsync(string prompt, params string[] options)
    {
        Succeed(await Nl.RunAsync(["generate", "--from", _model, prompt, "--json", _json, .. options]));
        return JsonNode.Parse(File.ReadAllText(_json))!["text"]!.GetValue<string>();
    }

    private static string Succeed(NlResult result)
    {
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return result.Output;
    }
}
