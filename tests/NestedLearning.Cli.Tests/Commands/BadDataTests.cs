using NestedLearning.Cli.Tests.Data;
using NestedLearning.Cli.Tests.Training;

namespace NestedLearning.Cli.Tests.Commands;

/// <summary>What is wrong with the data is one line with the file, and the line in it where there is one.</summary>
public sealed class BadDataTests : IDisposable
{
    private const string Good = """{"text":"a b","label":"x","split":"train"}""";
    private const string Test = """{"text":"a c","label":"x","split":"test"}""";

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("", "{0}: no events")]
    [InlineData("oops", "{0}:1: not JSON at byte 1; accepted is one JSON object on a line")]
    [InlineData(Good + "\n" + """{"text":"b","label":null}""", "{0}:2: 'label' is missing or null; accepted are a string or a number")]
    [InlineData("""{"features":[1,NaN],"label":"x"}""", "{0}:1: feature 1 of 'features' is NaN; accepted are finite float32 numbers")]
    [InlineData("""{"text":" ","label":"x"}""", "{0}:1: 'text' is empty; accepted are 1 to 65,536 characters")]
    [InlineData("""{"text":"a","label":"x"}""", "{0}: There are no test examples; mark some, or make a cut of the training examples.")]
    [InlineData(Good, "{0}: There are no test examples; mark some, or make a cut of the training examples.")]
    [InlineData(Test, "{0}: There are no training examples; a stream needs at least one.")]
    [InlineData(Good + "\n" + """{"text":"c","label":"y","split":"test"}""", "{0}: The label 'y' has test examples but no training examples; every label needs both.")]
    [InlineData(Good + "\n" + """{"text":"c","label":"x","task":"t","split":"test"}""", "{0}: The task 't' has test examples but no training examples; known: 'all'.")]
    public async Task RunAsync_BadContent_NamesThePlace(string content, string expected)
    {
        string file = _folder.Write("events.jsonl", content);

        Assert.Equal(Expected(expected, file), Nl.AssertFailed(1, await Nl.RunAsync(Nl.SmallTraining(file))));
    }

    [Fact]
    public async Task RunAsync_TextOfTenMegabytes_NamesTheLine()
    {
        string file = _folder.Write("events.jsonl", $$"""{"text":"{{new string('a', 10_000_000)}}","label":"x"}""");

        Assert.Equal(
            Expected("{0}:1: 'text' is too long; accepted are 1 to 65,536 characters", file),
            Nl.AssertFailed(1, await Nl.RunAsync(Nl.SmallTraining(file))));
    }

    [Fact]
    public async Task RunAsync_NoFileOrAFolder_SaysSo()
    {
        string missing = Path.Combine(_folder.Path, "missing.jsonl");

        Assert.Equal($"nl: {missing}: no such file", Nl.AssertFailed(1, await Nl.RunAsync(Nl.SmallTraining(missing))));
        Assert.Equal(
            $"nl: {_folder.Path}: a folder; accepted is a file", Nl.AssertFailed(1, await Nl.RunAsync(Nl.SmallTraining(_folder.Path))));
    }

    [Fact]
    public async Task RunAsync_UnknownBuiltIn_SaysWhatThereIs()
    {
        string line = Nl.AssertFailed(1, await Nl.RunAsync(Nl.SmallTraining("builtin:nothing")));

        Assert.Equal("nl: builtin:nothing: no such data set; accepted is builtin:dotnet-messages", line);
    }

    [Theory]
    [InlineData("task 0,task 9,task 1", "--order: The order names the task 'task 9', which is unknown or named before; left: 'task 1', 'task 2'.")]
    [InlineData("task 0,task 1", "--order: The order of tasks leaves out 'task 2'; it has to name every task once.")]
    public async Task RunAsync_OrderThatDoesNotFit_IsWrongUsage(string order, string expected)
    {
        string file = _folder.Write("events.jsonl", string.Join('\n', SampleData.JsonLines(SampleData.Examples(60))));

        Assert.Equal($"nl: {expected}", Nl.AssertFailed(2, await Nl.RunAsync(Nl.SmallTraining(file, "--order", order))));
    }

    public void Dispose() => _folder.Dispose();

    private static string Expected(string line, string file) => "nl: " + line.Replace("{0}", file, StringComparison.Ordinal);
}
