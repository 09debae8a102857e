using System.Diagnostics;
using System.Text.Json.Nodes;
using NestedLearning.Cli.Tests.Commands;
using NestedLearning.Cli.Tests.Data;

namespace NestedLearning.Cli.Tests.Training;

public sealed class ExportTests : IDisposable
{
    /// <summary>Loads a file as the format's own library does where it is there, else as the format's description says.</summary>
    private const string Python = """
        import json, struct, sys
        data = open(sys.argv[1], "rb").read()
        size = struct.unpack("<Q", data[:8])[0]
        header = json.loads(data[8:8 + size])
        metadata = header.pop("__metadata__")
        try:
            from safetensors import safe_open
            with safe_open(sys.argv[1], framework="numpy") as file:
                assert file.metadata() == metadata
                tensors = {name: file.get_tensor(name).reshape(-1).tolist() for name in file.keys()}
        except ImportError:
            tensors = {}
            for name, entry in header.items():
                begin, end = entry["data_offsets"]
                assert entry["dtype"] == "F32"
                tensors[name] = list(struct.unpack("<%df" % ((end - begin) // 4), data[8 + size + begin:8 + size + end]))
        manifest = json.loads(metadata["nested-learning"])
        names = [name for level in manifest["levels"] for name in level["tensors"]]
        assert sorted(names) == sorted(tensors), names
        print(json.dumps({"width": manifest["settings"]["width"], "step": manifest["step"],
            "shapes": {name: header[name]["shape"] for name in names}, "sum": sum(sum(values) for values in tensors.values())}))
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string _text;
    private readonly string _state;
    private readonly string _model;

    public ExportTests()
    {
        _text = _folder.Write("text.txt", string.Concat(Enumerable.Range(0, 200).Select(i => $"line {i * 7 % 31}: it is said.\n")));
        _state = Path.Combine(_folder.Path, "state");
        _model = Path.Combine(_folder.Path, "model.safetensors");
    }

    [Fact]
    public async Task Export_OfARun_IsTakenUpByAnother()
    {
        JsonNode first = await TrainAsync(10, ["--data-dir", _state, .. Shape]);
        string manifestFile = Path.Combine(_folder.Path, "manifest.json");

        NlResult export = await Nl.RunAsync("export", "--data-dir", _state, "--to", _model, "--json", manifestFile);

        Assert.Equal((0, ""), (export.ExitCode, export.Error));
        Assert.Contains("hope after 10 steps", export.Output, StringComparison.Ordinal);
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(manifestFile))!;
        Assert.Equal([1, 8, 32], manifest["levels"]!.AsArray().Select(level => level!["period"]!.GetValue<int>()));
        Assert.Equal([10, 2, 1], manifest["levels"]!.AsArray().Select(level => level!["version"]!.GetValue<int>()));
        JsonNode second = await TrainAsync(1, "--init-from", _model, "--rate", "0.0000001");
        Assert.Equal(Loss(first), Loss(second), 1e-4);
        Assert.Equal(first["model"]!.ToJsonString(), second["model"]!.ToJsonString());
    }

    [Fact]
    public async Task Export_OfARunByWorkers_IsTakenUpByAnother()
    {
        JsonNode first = await TrainAsync(16, ["--data-dir", _state, "--workers", "2", .. Shape]);
        string manifestFile = Path.Combine(_folder.Path, "manifest.json");

        await Nl.RunAsync("export", "--data-dir", _state, "--to", _model, "--json", manifestFile);

        JsonNode manifest = JsonNode.Parse(File.ReadAllText(manifestFile))!;
        Assert.Equal(16, manifest["step"]!.GetValue<int>());
        Assert.Equal([16, 2], manifest["levels"]!.AsArray().Take(2).Select(level => level!["version"]!.GetValue<int>()));
        JsonNode second = await TrainAsync(1, "--init-from", _model, "--rate", "0.0000001");
        Assert.Equal(Loss(first), Loss(second), 1e-4);
        JsonNode byWorkers = await TrainAsync(1, "--init-from", _model, "--rate", "0.0000001", "--workers", "2", "--data-dir", _state + "2");
        Assert.Equal(Loss(first), Loss(byWorkers), 1e-4);
    }

    [PythonFact]
    public async Task Export_OfARun_LoadsInPython()
    {
        await TrainAsync(3, ["--data-dir", _state, .. Shape]);
        await Nl.RunAsync("export", "--data-dir", _state, "--to", _model);
        string script = _folder.Write("load.py", Python);
        using Process python = Process.Start(new ProcessStartInfo(PythonFactAttribute.Program, [script, _model]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = await python.StandardOutput.ReadToEndAsync();
        Assert.Equal("", await python.StandardError.ReadToEndAsync());
        JsonNode loaded = JsonNode.Parse(output)!;
        Assert.Equal((16, 3), (loaded["width"]!.GetValue<int>(), loaded["step"]!.GetValue<int>()));
        Assert.Equal("[16,16]", loaded["shapes"]!["block0/cms/2/up"]!.ToJsonString());
        Assert.True(double.IsFinite(loaded["sum"]!.GetValue<double>()));
    }

    [Fact]
    public async Task Train_MlpsOfAnotherModel_BecomeLayers()
    {
        await TrainAsync(3, ["--data-dir", _state, .. Shape]);
        await Nl.RunAsync("export", "--data-dir", _state, "--to", _model);
        string[] chosen = ["--init-from", _model, "--init-map", "block*/cms/0/up=block*/cms/2/up", "--init-map", "block0/cms/0/down^T=block0/cms/1/down"];

        await TrainAsync(2, [.. chosen, .. Shape]);

        Assert.Contains("the tensor 'block0/cms/0/up' is [16, 16], accepted: the shape of 'block0/cms/0/up [16, 24]'", Nl.AssertFailed(1, await Nl.RunAsync([.. Command(2), "--width", "16", "--blocks", "1", "--hidden", "24", "--init-from", _model, "--init-map", "*/up=*/up"])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_ThatDoNotGo_SaysWhy()
    {
        await TrainAsync(3, ["--data-dir", _state, .. Shape]);
        await Nl.RunAsync("export", "--data-dir", _state, "--to", _model);
        Assert.Equal("nl: --init-from without --init-map takes up a whole model, so --width cannot be set.", Nl.AssertFailed(2, await Nl.RunAsync([.. Command(2), "--init-from", _model, "--width", "16"])));
        Assert.Equal("nl: --init-map needs --init-from.", Nl.AssertFailed(2, await Nl.RunAsync([.. Command(2), "--init-map", "a=b"])));
        Assert.Contains("the length of the header is", Nl.AssertFailed(1, await Nl.RunAsync([.. Command(2), "--init-from", _text])), StringComparison.Ordinal);
        Assert.Contains("does not exist", Nl.AssertFailed(2, await Nl.RunAsync("export", "--data-dir", _state + "x", "--to", _model)), StringComparison.Ordinal);
        Assert.Contains("without a run", Nl.AssertFailed(1, await Nl.RunAsync("export", "--data-dir", Directory.CreateDirectory(_state + "y").FullName, "--to", _model)), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string[] Shape => ["--width", "16", "--blocks", "1", "--heads", "2", "--hidden", "16"];

    private string Json => Path.Combine(_folder.Path, "result.json");

    private string[] Command(int steps) =>
        ["train", "hope", "--data", _text, "--steps", $"{steps}", "--batch", "4", "--length", "16", "--threads", "1", "--json", Json];

    private async Task<JsonNode> TrainAsync(int steps, params string[] more)
    {
        NlResult result = await Nl.RunAsync([.. Command(steps), .. more]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return JsonNode.Parse(File.ReadAllText(Json))!;
    }

    private static double Loss(JsonNode result) => result["curve"]!.AsArray()[^1]!["validationLoss"]!.GetValue<double>();
}
