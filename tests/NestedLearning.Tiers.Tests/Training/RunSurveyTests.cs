using System.Text;
using NestedLearning.Models;

namespace NestedLearning.Tiers.Tests.Training;

public class RunSurveyTests
{
    private static readonly RunSpec Measuring = new("data", Measure: true);

    [Fact]
    public async Task ReadAsync_TasksOneAfterAnother_FindsTheirEndsAndTests()
    {
        RunExtent extent = await ReadAsync(
            Measuring, Line("x", "a"), Line("y", "a"), Line("x", "a", "test"), Line("y", "b"), Line("x", "c", "test"), Line("x", "b", "test"), Line("x", "a", "test"));

        Assert.Equal((3, 2, "stamp", 7), (extent.Events, extent.Classes, extent.Stamp, extent.FoldedBefore));
        Assert.Equal([new RunTask("a", 2, 2), new RunTask("b", 3, 1)], extent.Tasks);
    }

    [Fact]
    public async Task ReadAsync_TasksThatAreMixed_EndWithTheirLastEvent() =>
        Assert.Equal([new RunTask("b", 2, 0), new RunTask("a", 3, 0)], (await ReadAsync(Measuring, Line("x", "a"), Line("x", "b"), Line("x", "a"))).Tasks);

    [Fact]
    public async Task ReadAsync_RunThatDoesNotMeasure_LeavesTasksOut() =>
        Assert.Empty((await ReadAsync(new RunSpec("data"), Line("x", "a"), Line("x", "a", "test"))).Tasks);

    [Theory]
    [InlineData("""{"text":"a","label":"x","split":"test"}""", "data: every event is for testing; a run needs some to learn")]
    [InlineData("""{"text":"a"}""", "data:1: ")]
    [InlineData("", "data: ")]
    public async Task ReadAsync_NothingToLearn_SaysSo(string line, string message) =>
        Assert.StartsWith(message, (await Assert.ThrowsAnyAsync<DataException>(() => ReadAsync(Measuring, line))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task ReadAsync_MoreTasksThanAreMeasured_IsRefused()
    {
        string[] lines = [.. Enumerable.Range(0, 257).Select(i => Line("x", $"{i}"))];

        Assert.Equal(
            "data: has too many tasks; accepted by a run that measures are 256",
            (await Assert.ThrowsAsync<DataException>(() => ReadAsync(Measuring, lines))).Message);
        Assert.Equal(257, (await ReadAsync(new RunSpec("data"), lines)).Events);
    }

    private static string Line(string label, string task, string split = "train") =>
        $$"""{"text":"a","label":"{{label}}","task":"{{task}}","split":"{{split}}"}""";

    private static async Task<RunExtent> ReadAsync(RunSpec spec, params string[] lines)
    {
        using JsonLinesReader data = new(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), "data");
        return await RunSurvey.ReadAsync(data, spec, "stamp", 7, default);
    }
}
