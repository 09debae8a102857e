using System.Text.Json.Nodes;
using NestedLearning.Cli.Tests.Commands;
using NestedLearning.Cli.Tests.Data;
using NestedLearning.Models;

namespace NestedLearning.Cli.Tests.Training;

public sealed class TrainClassifierTests : IDisposable
{
    private static readonly Example[] Examples = SampleData.Examples(300);

    private readonly TemporaryFolder _folder = new();
    private readonly string _file;

    public TrainClassifierTests() => _file = _folder.Write("events.jsonl", string.Join('\n', SampleData.JsonLines(Examples)));

    [Fact]
    public async Task RunAsync_JsonLines_WritesTheDocumentedNames()
    {
        ResultJson result = await TrainAsync(_file, "--baselines", "softmax,joint-ridge");

        string[] documented =
        [
            "model", "events", "workers", "classes", "tasks", "accuracyMatrix", "finalAccuracy", "averageForgetting", "prequentialAccuracy",
            "baselines", "bytesUp", "bytesDown", "versions", "eventsPerSecond", "seconds",
        ];
        Assert.All(documented, name => Assert.NotNull(result.Root[name]));
        Assert.Equal(SampleData.Training(Examples), result["events"].GetValue<long>());
        Assert.Equal(["task 0", "task 1", "task 2"], result["tasks"].AsArray().Select(task => task!.GetValue<string>()));
        Assert.Equal(["softmax", "joint-ridge"], result["baselines"].AsObject().Select(baseline => baseline.Key));
        Assert.True(result["versions"]["slow"]!.GetValue<long>() > 1);
    }

    [Fact]
    public async Task RunAsync_AccuracyMatrix_IsNullBeforeATaskWasLearned()
    {
        JsonArray rows = (await TrainAsync(_file))["accuracyMatrix"].AsArray();

        Assert.Equal(3, rows.Count);
        for (int task = 0; task < 3; task++)
        {
            for (int after = 0; after < 3; after++)
            {
                JsonNode? cell = rows[task]![after];
                Assert.Equal(after < task, cell is null);
                Assert.InRange(cell?.GetValue<double>() ?? 0, 0, 1);
            }
        }
    }

    [Fact]
    public async Task RunAsync_WordsThatTellTheClass_AreLearned()
    {
        ResultJson result = await TrainAsync(_file);

        Assert.True(result["finalAccuracy"].GetValue<double>() > 0.6, result.WithoutTimes);
    }

    [Theory]
    [InlineData(1, "shard")]
    [InlineData(3, "shard")]
    [InlineData(3, "class")]
    [InlineData(1, "task")]
    public async Task RunAsync_Twice_GivesTheSameResultButForTimes(int workers, string split)
    {
        string[] settings = ["--workers", $"{workers}", "--split", split, "--baselines", "softmax,replay", "--threads", "2"];

        string first = (await TrainAsync(_file, settings)).WithoutTimes;

        Assert.Equal(first, (await TrainAsync(_file, settings)).WithoutTimes);
    }

    [Fact]
    public async Task RunAsync_NoSplitInTheData_CutsAFifthByTheSeed()
    {
        string file = _folder.Write(
            "whole.jsonl", string.Join('\n', SampleData.JsonLines(Examples).Select(line => line.Replace("split", "other", StringComparison.Ordinal))));

        ResultJson one = await TrainAsync(file);
        ResultJson again = await TrainAsync(file, "--seed", "1");
        ResultJson two = await TrainAsync(file, "--seed", "2");

        Assert.InRange(one["events"].GetValue<int>(), 230, 250);
        Assert.Equal(one.WithoutTimes, again.WithoutTimes);
        Assert.NotEqual(one.WithoutTimes, two.WithoutTimes);
    }

    [Fact]
    public async Task RunAsync_Csv_IsReadAsTheSameData()
    {
        IEnumerable<string> rows = Examples.Select(example =>
            $"\"{((TextInput)example.Input).Text}\",{example.Label},{(example.IsTest ? "test" : "train")},{example.Task}");
        string csv = _folder.Write("events.csv", "body,topic,split,task\n" + string.Join('\n', rows));

        ResultJson result = await TrainAsync(csv, "--text-field", "body", "--label-field", "topic");

        Assert.Equal((await TrainAsync(_file)).WithoutTimes, result.WithoutTimes);
    }

    [Fact]
    public async Task RunAsync_OrderOfTasks_IsFollowed()
    {
        ResultJson result = await TrainAsync(_file, "--order", "task 2,task 0,task 1");

        Assert.Equal(["task 2", "task 0", "task 1"], result["tasks"].AsArray().Select(task => task!.GetValue<string>()));
    }

    [Fact]
    public async Task RunAsync_SeveralSeeds_ReportTheSpread()
    {
        ResultJson result = await TrainAsync(_file, "--seeds", "2", "--order", "random");

        Assert.Equal(2, result["spread"]["seeds"]!.GetValue<int>());
    }

    public void Dispose() => _folder.Dispose();

    private async Task<ResultJson> TrainAsync(string data, params string[] more)
    {
        string json = Path.Combine(_folder.Path, "result.json");
        string[] command = Nl.SmallTraining(data, [.. more, "--json", json]);
        if (more.Contains("--baselines"))
        {
            int none = Array.IndexOf(command, "--baselines");
            command = [.. command[..none], .. command[(none + 2)..]];
        }

        NlResult result = await Nl.RunAsync(command);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return new ResultJson(json);
    }
}
