using System.Text.Json.Nodes;

namespace NestedLearning.Cli.Tests.Training;

/// <summary>What <c>--json</c> wrote.</summary>
internal sealed class ResultJson(string file)
{
    private static readonly string[] Times =
        ["seconds", "eventsPerSecond", "fastPathEventsPerSecond", "foldSeconds", "shareOutsideNumerics"];

    private static readonly string[] Traffic = ["bytesUp", "bytesDown", "bytesUpPerEvent"];

    public JsonObject Root { get; } = JsonNode.Parse(File.ReadAllText(file))!.AsObject();

    public JsonNode this[string name] => Root[name]!;

    /// <summary>Everything but times, which two runs of the same command do not share.</summary>
    public string WithoutTimes => Without(Times);

    /// <summary>
    /// Everything but times and bytes, which a run that was cut off does not share with an undisturbed one: it sends some
    /// of its updates and versions again.
    /// </summary>
    public string WithoutTimesAndBytes => Without([.. Times, .. Traffic]);

    private string Without(string[] names)
    {
        JsonObject rest = Root.DeepClone().AsObject();
        Assert.All(names, name => Assert.True(rest.Remove(name)));
        return rest.ToJsonString();
    }
}
