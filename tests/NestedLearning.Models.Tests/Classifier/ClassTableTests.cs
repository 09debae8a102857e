namespace NestedLearning.Models.Tests.Classifier;

public class ClassTableTests
{
    [Fact]
    public void Number_NewAndKnownClasses_AreNumberedInOrder()
    {
        ClassTable table = ClassTable.Of(["b", "a"]);
        Assert.Equal([0, 1, 2, 1], new[] { "b", "a", "c", "a" }.Select(table.Number));
        Assert.Equal(["b", "a", "c"], table.Labels);
        Assert.Equal("c", table[2]);
    }

    [Fact]
    public void Number_GoingOnFromAnother_ContinuesItsNumbersAndLeavesItAlone()
    {
        ClassTable known = ClassTable.Of(["b", "a"]);
        ClassTable first = new(known);
        ClassTable second = new(known);

        Assert.Equal([1, 2, 3], new[] { "a", "c", "d" }.Select(first.Number));
        Assert.Equal(2, second.Number("d"));

        Assert.Equal(["b", "a", "c", "d"], first.Labels);
        Assert.Equal(["b", "a", "d"], second.Labels);
        Assert.Equal(("a", "c", "d"), (first[1], first[2], first[3]));
        Assert.True(first.Contains("b"));
        Assert.False(known.Contains("c"));
        Assert.Equal(2, known.Count);
    }
}
