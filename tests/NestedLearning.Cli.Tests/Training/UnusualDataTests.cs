using System.Text.Json;
using NestedLearning.Cli.Tests.Commands;
using NestedLearning.Cli.Tests.Data;

namespace NestedLearning.Cli.Tests.Training;

/// <summary>Data at the edges of what is accepted train without a complaint.</summary>
public sealed class UnusualDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task RunAsync_OneEvent_IsLearned()
    {
        ResultJson result = await TrainAsync(Event("a b", "x"), Event("a c", "x", split: "test"));

        Assert.Equal(1, result["events"].GetValue<int>());
        Assert.Equal(1, result["finalAccuracy"].GetValue<double>());
        Assert.Equal(0, result["averageForgetting"].GetValue<double>());
    }

    [Fact]
    public async Task RunAsync_OneClass_IsAlwaysRight()
    {
        ResultJson result = await TrainAsync([.. Enumerable.Range(0, 120).Select(i => Event($"w{i % 7} v{i}", "only", split: null))]);

        Assert.Equal(1, result["classes"].GetValue<int>());
        Assert.Equal(1, result["finalAccuracy"].GetValue<double>());
    }

    [Fact]
    public async Task RunAsync_TaskWithoutTestExamples_HasNoFigures()
    {
        ResultJson result = await TrainAsync(
            Event("a b", "x", "first"), Event("a c", "x", "first", "test"), Event("d e", "y", "silent"), Event("a f", "x", "last"), Event("a g", "x", "last", "test"));

        Assert.Equal("[[1,1,1],[null,null,null],[null,null,1]]", result["accuracyMatrix"].ToJsonString());
        Assert.Equal(1, result["finalAccuracy"].GetValue<double>());
    }

    [Fact]
    public async Task RunAsync_LabelsOfAllKinds_ComeBackAsTheyWere()
    {
        object[] labels = ["two words", "Zürich", "日本語", "🙂🙃", "it's \"quoted\", really", "[bold]x[/]", "a/b\\c", 42, -1.5, "\u0000nul"];
        string[] lines = [.. Enumerable.Range(0, 200).Select(i => Event($"w{i % labels.Length} v{i % 3}", labels[i % labels.Length], $"[t] {labels[i * 3 / 200]}", split: null))];

        ResultJson result = await TrainAsync(lines);

        Assert.Equal(labels.Length, result["classes"].GetValue<int>());
        Assert.Equal(1, result["finalAccuracy"].GetValue<double>());
        Assert.Equal(["[t] two words", "[t] Zürich", "[t] 日本語"], result["tasks"].AsArray().Select(task => task!.GetValue<string>()));
    }

    [Fact]
    public async Task RunAsync_FiveHundredClasses_AreLearned()
    {
        ResultJson result = await TrainAsync([.. Enumerable.Range(0, 2000).Select(i => Event($"w{i % 500} shared", i % 500, split: i < 1500 ? "train" : "test"))]);

        Assert.Equal(500, result["classes"].GetValue<int>());
        Assert.InRange(result["finalAccuracy"].GetValue<double>(), 0.5, 1);
    }

    [Fact]
    public async Task RunAsync_Duplicates_CountEachTime()
    {
        ResultJson result = await TrainAsync(
            [.. Enumerable.Repeat(Event("the same", "x"), 150), .. Enumerable.Repeat(Event("the other", "y"), 150), Event("the same", "x", split: "test")]);

        Assert.Equal(300, result["events"].GetValue<int>());
        Assert.Equal(1, result["finalAccuracy"].GetValue<double>());
    }

    [Fact]
    public async Task RunAsync_FeaturesInsteadOfText_AreLearned()
    {
        ResultJson result = await TrainAsync([.. Enumerable.Range(0, 200).Select(i => JsonSerializer.Serialize(new
        {
            features = Enumerable.Range(0, 8).Select(j => j == i % 4 ? 1.0 : 0.01 * (i % (j + 2))),
            label = i % 4,
        }))]);

        Assert.Equal(1, result["finalAccuracy"].GetValue<double>());
    }

    public void Dispose() => _folder.Dispose();

    private static string Event(string text, object label, string task = "t", string? split = "train") => split is null
        ? JsonSerializer.Serialize(new { text, label, task })
        : JsonSerializer.Serialize(new { text, label, task, split });

    private async Task<ResultJson> TrainAsync(params string[] lines)
    {
        string json = Path.Combine(_folder.Path, "result.json");
        string plot = Path.Combine(_folder.Path, "plot.svg");
        string data = _folder.Write("events.jsonl", string.Join('\n', lines));

        NlResult result = await Nl.RunAsync(Nl.SmallTraining(data, "--json", json, "--plot", plot));

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.All(result.Output.Split('\n'), line => Assert.DoesNotContain("\e", line, StringComparison.Ordinal));
        return new ResultJson(json);
    }
}
