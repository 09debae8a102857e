using System.Text.Json.Nodes;
using NestedLearning.Cli.Tests.Commands;
using NestedLearning.Cli.Tests.Data;

namespace NestedLearning.Cli.Tests.Evaluating;

public sealed class EvalTests : IDisposable
{
    private static readonly string[] Small = ["--width", "16", "--blocks", "1", "--heads", "2", "--threads", "1", "--batch", "4"];

    private readonly TemporaryFolder _folder = new();

    private string Json => Path.Combine(_folder.Path, "result.json");

    [Fact]
    public async Task Recall_SmallModels_AreScoredBesideChance()
    {
        JsonNode result = await RunAsync("recall", "--pairs", "2,3", "--keys", "8", "--steps", "3", "--questions", "8", "--mixers", "hope,delta");

        JsonArray results = result["results"]!.AsArray();
        Assert.Equal(["hope", "delta", "transformer", "hope", "delta", "transformer"], results.Select(one => one!["model"]!.GetValue<string>()));
        Assert.Equal([7, 7, 7, 11, 11, 11], results.Select(one => one!["length"]!.GetValue<int>()));
        Assert.All(results, one => Assert.Equal(0.125, one!["chance"]!.GetValue<double>()));
        Assert.All(results, one => Assert.InRange(one!["accuracy"]!.GetValue<double>(), 0, 1));
        Assert.All(results.Take(3), one => Assert.Equal(16, one!["answers"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Formal_OfAnEasyLanguage_IsLearned()
    {
        JsonNode result = await RunAsync("formal", "--languages", "majority", "--length", "12", "--lengths", "12,24", "--steps", "60", "--rate", "0.01", "--questions", "16", "--mixers", "gated-delta");
        Assert.Equal([12, 24, 12, 24], result["results"]!.AsArray().Select(one => one!["length"]!.GetValue<int>()));
        Assert.True(result["results"]![0]!["accuracy"]!.GetValue<double>() > 0.7);
    }

    [Fact]
    public async Task Needle_OfModelsThatLearnItOrAreGiven_IsScored()
    {
        string model = await ExportAsync();
        JsonNode learned = await RunAsync("needle", "--lengths", "200", "--length", "160", "--steps", "1", "--questions", "2", "--digits", "2", "--mixers", "delta");
        Assert.Equal(["delta", "transformer"], learned["results"]!.AsArray().Select(one => one!["model"]!.GetValue<string>()));
        JsonNode given = await RunAsync("needle", "--lengths", "300,600", "--questions", "2", "--kind", "multi-key", "--digits", "1", "--model", model);
        Assert.Equal([300, 600], given["results"]!.AsArray().Select(one => one!["length"]!.GetValue<int>()));
        Assert.Null(given["results"]![0]!["trainingLoss"]);
    }

    [Theory]
    [InlineData("--window", "16")]
    [InlineData("--threads", "1")]
    public async Task Text_OfAModel_IsMeasuredBesideOthers(params string[] more)
    {
        string model = await ExportAsync();
        string text = _folder.Write("other.txt", "line 3: it is said.\nline 4: it is said.\n");
        NlResult run = await Nl.RunAsync(["eval", "text", "--model", model, "--data", text, "--json", Json, .. more]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        JsonNode result = JsonNode.Parse(File.ReadAllText(Json))!;
        Assert.Equal(["hope", "counts of pairs", "chance"], result["results"]!.AsArray().Select(one => one!["model"]!.GetValue<string>()));
        Assert.Equal((39, 39), (result["tokens"]!.GetValue<int>(), result["bytes"]!.GetValue<int>()));
        Assert.Equal(256, result["results"]![2]!["perplexity"]!.GetValue<double>(), 1e-6);
        Assert.Equal(8, result["results"]![2]!["bitsPerByte"]!.GetValue<double>(), 1e-6);
        Assert.InRange(result["results"]![0]!["bitsPerByte"]!.GetValue<double>(), 0, 8);
    }

    [Fact]
    public async Task Languages_OfAFile_GiveAMatrixForEachWay()
    {
        string data = _folder.Write("texts.jsonl", string.Concat(Enumerable.Range(0, 60).Select(i => $$"""{"text":"{{(i % 2 == 0 ? "one two three" : "un deux trois")}} {{i}}","label":"x","task":"{{(i % 2 == 0 ? "en" : "fr")}}"}""" + "\n")));
        JsonNode result = await RunAsync("languages", "--data", data, "--steps", "2", "--length", "16", "--periods", "1,2", "--ways", "plain,tenants,found,replay,outer,reservoir,readout");
        Assert.Equal(["en", "fr"], result["languages"]!.AsArray().Select(one => one!.GetValue<string>()));
        Assert.Equal(
            ["hope plain", "hope tenants", "hope found", "hope replay", "hope outer", "hope reservoir", "hope readout", "transformer plain", "transformer replay", "transformer outer", "transformer reservoir", "transformer readout"],
            result["results"]!.AsArray().Select(one => $"{one!["model"]} {one["way"]}"));
        Assert.Null(result["results"]![0]!["bitsPerByte"]![1]![0]);
        Assert.InRange(result["results"]![0]!["bitsPerByte"]![0]![1]!.GetValue<double>(), 0, 9);
    }

    [Fact]
    public async Task Classes_OfAFile_AreLearnedWithEachEncoderKeyAndLearner()
    {
        string data = _folder.Write("classes.jsonl", string.Concat(Enumerable.Range(0, 48).Select(i =>
            $$"""{"text":"{{(char)('a' + (i % 4))}}{{(char)('a' + (i % 4))}} {{i}}","label":"{{i % 4}}","task":"{{i % 4 / 2}}","split":"{{(i % 3 == 0 ? "test" : "train")}}"}""" + "\n")));
        JsonNode result = await RunAsync("classes", "--data", data, "--steps", "2", "--mixers", "hope", "--encoders", "untrained,language,gradient", "--learners", "nested,softmax");
        Assert.Equal((4, 32, 0.25), (result["classes"]!.GetValue<int>(), result["events"]!.GetValue<int>(), result["chance"]!.GetValue<double>()));
        Assert.Equal(
            [
                "none; hashed text, 4,096", "hope, untrained; memories, 128", "hope, untrained; hidden, 48", "hope, a language model; memories, 128",
                "hope, a language model; hidden, 48", "hope; ", "transformer, untrained; hidden, 48", "transformer, a language model; hidden, 48", "transformer; ",
            ],
            result["results"]!.AsArray().Select(one => $"{one!["encoder"]}; {one["key"]}").Distinct());
        Assert.All(result["results"]!.AsArray().Where(one => one!["learner"]!.GetValue<string>() == "nested").Take(2), one => Assert.InRange(one!["finalAccuracy"]!.GetValue<double>(), 0.9, 1));
        Assert.Null(result["results"]![0]!["accuracyMatrix"]![1]![0]);
    }

    [Theory]
    [InlineData("nl: --pairs is '4,x'; accepted: numbers of 1 to 100000 with commas.", "recall", "--pairs", "4,x")]
    [InlineData("nl: --mixers is 'rnn'; accepted: hope, titans, gated-delta, delta, linear-attention, attention, transformer.", "recall", "--mixers", "rnn")]
    [InlineData("nl: --questions is 0; accepted: 1 to 1000000.", "recall", "--questions", "0")]
    [InlineData("nl: The task's settings are not valid: Pairs is 30, accepted: 1 to 16.", "recall", "--pairs", "30")]
    [InlineData("nl: --languages is 'dyck'; accepted: parity, even-pairs, cycle-navigation, modular-arithmetic, majority.", "formal", "--languages", "dyck")]
    [InlineData("nl: --kind is 'uuid'; accepted: pass-key, number, multi-key.", "needle", "--kind", "uuid")]
    [InlineData("nl: --ways is 'ewc'; accepted: plain, outer, replay, tenants, found, reservoir, readout.", "languages", "--ways", "ewc")]
    [InlineData("nl: The model's settings are not valid: LargestWriteRate is 3, accepted: above 0, at most 2.", "formal", "--write-rate", "3")]
    [InlineData("nl: --encoders is 'bert'; accepted: untrained, language, gradient.", "classes", "--data", "x.jsonl", "--encoders", "bert")]
    [InlineData("nl: --learners is 'svm'; accepted: nested, softmax, delta, mlp, ewc, replay, nearest-mean, joint-ridge, joint-linear.", "classes", "--data", "x.jsonl", "--learners", "svm")]
    public async Task Eval_WrongUsage_SaysWhatIsAccepted(string expected, params string[] command) =>
        Assert.Equal(expected, Nl.AssertFailed(2, await Nl.RunAsync(["eval", .. command])));

    public void Dispose() => _folder.Dispose();

    private async Task<JsonNode> RunAsync(params string[] command)
    {
        NlResult result = await Nl.RunAsync(["eval", .. command, .. Small, "--json", Json]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return JsonNode.Parse(File.ReadAllText(Json))!;
    }

    private async Task<string> ExportAsync()
    {
        string text = _folder.Write("text.txt", string.Concat(Enumerable.Range(0, 100).Select(i => $"line {i * 7 % 31}: it is said.\n")));
        (string state, string model) = (Path.Combine(_folder.Path, "state"), Path.Combine(_folder.Path, "model.safetensors"));
        await Nl.RunAsync("train", "hope", "--data", text, "--tokens", "byte", "--steps", "3", "--width", "16", "--blocks", "1", "--heads", "2", "--hidden", "16", "--batch", "4", "--length", "16", "--threads", "1", "--data-dir", state);
        Assert.Equal(0, (await Nl.RunAsync("export", "--data-dir", state, "--to", model)).ExitCode);
        return model;
    }
}
