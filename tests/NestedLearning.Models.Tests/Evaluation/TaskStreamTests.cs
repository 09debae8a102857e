using NestedLearning.Tensors;
using static NestedLearning.Models.Tests.Evaluation.Streams;

namespace NestedLearning.Models.Tests.Evaluation;

public sealed class TaskStreamTests
{
    private static readonly Example[] Examples =
    [
        Train("one", "x", "first"),
        Train("two", "y", "second"),
        Test("three", "y", "second"),
        Train("four", "z", "first"),
        Test("five", "z", "first"),
        Train("six", "x", "second"),
    ];

    [Fact]
    public void InOrderOfAppearance_MixedExamples_TasksAndClassesInTheOrderOfTraining()
    {
        TaskStream stream = TaskStream.InOrderOfAppearance(Examples);

        Assert.Equal(["first", "second"], stream.Tasks.Select(task => task.Name));
        Assert.Equal([Examples[0], Examples[3]], stream.Tasks[0].Train);
        Assert.Equal([Examples[4]], stream.Tasks[0].Test);
        Assert.Equal(["x", "z", "y"], stream.Classes);
        Assert.Equal(1, stream.ClassOf("z"));
    }

    [Fact]
    public void InOrder_AnotherOrder_ClassesFollowIt()
    {
        TaskStream stream = TaskStream.InOrder(Examples, ["second", "first"]);

        Assert.Equal(["second", "first"], stream.Tasks.Select(task => task.Name));
        Assert.Equal(["y", "x", "z"], stream.Classes);
    }

    [Theory]
    [InlineData("third", "first", "second", "third")]
    [InlineData("first", "first", "first")]
    [InlineData("second", "first")]
    public void InOrder_NotEachTaskOnce_NamesTheTask(string named, params string[] order) =>
        Assert.Equal(named, Assert.Throws<TaskStreamException>(() => TaskStream.InOrder(Examples, order)).Value);

    [Fact]
    public void InRandomOrder_Seed_FixesTheOrder()
    {
        Example[] examples = [.. Enumerable.Range(0, 20).SelectMany(i => new[] { Train("a", "x", $"t{i}"), Test("a", "x", $"t{i}") })];
        string Order(int seed) => string.Join(' ', TaskStream.InRandomOrder(examples, seed).Tasks.Select(task => task.Name));

        Assert.Equal(Order(1), Order(1));
        Assert.NotEqual(Order(1), Order(2));
        Assert.Equal(20, Order(3).Split(' ').Distinct().Count());
    }

    [Fact]
    public void InOrderOfAppearance_NoTraining_Refused() =>
        Assert.Contains("no training", Refused(Test("a", "x", "t")).Message);

    [Fact]
    public void InOrderOfAppearance_NoTest_Refused() => Assert.Contains("no test", Refused(Train("a", "x", "t")).Message);

    [Fact]
    public void InOrderOfAppearance_TestOfUnknownTask_NamesIt() =>
        Assert.Equal("u", Refused(Train("a", "x", "t"), Test("a", "x", "u")).Value);

    [Fact]
    public void InOrderOfAppearance_TestOfUnknownLabel_NamesIt() =>
        Assert.Equal("y", Refused(Train("a", "x", "t"), Test("a", "y", "t")).Value);

    [Fact]
    public void KeyedCreate_TextAndFeatures_KeysAndClassIndices()
    {
        SparseVector features = Key((3, 0.5f), (63, 2f));
        var given = new Example(new FeatureInput(features), "y", "t", true);
        KeyedTaskStream keyed = KeyedTaskStream.Create(
            TaskStream.InOrderOfAppearance([Train("one", "x", "t"), Train("two", "y", "t"), given]), new TextFeaturizer(64));

        Assert.Equal(2, keyed.Events);
        Assert.Equal(features, keyed.Tasks[0].Test[0].Key);
        Assert.Equal(1, keyed.Tasks[0].Test[0].Label);
        Assert.True(new TextFeaturizer(64).Extract("one").Values.Span.SequenceEqual(keyed.Tasks[0].Train[0].Key.Values.Span));
    }

    [Fact]
    public void KeyedCreate_FeatureIndexOutOfRange_Refused()
    {
        var given = new Example(new FeatureInput(Key((64, 1f))), "x", "t", true);

        Assert.Throws<ShapeException>(() => KeyedTaskStream.Create(
            TaskStream.InOrderOfAppearance([Train("one", "x", "t"), given]), new TextFeaturizer(64)));
    }

    private static TaskStreamException Refused(params Example[] examples) =>
        Assert.Throws<TaskStreamException>(() => TaskStream.InOrderOfAppearance(examples));
}
