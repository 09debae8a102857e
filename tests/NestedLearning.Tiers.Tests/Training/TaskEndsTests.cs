namespace NestedLearning.Tiers.Tests.Training;

public class TaskEndsTests
{
    private static readonly RunExtent Extent = new(30, "stamp", 0)
    {
        Tasks = [new RunTask("a", 10, 1), new RunTask("b", 20, 1), new RunTask("c", 30, 1)],
    };

    [Theory]
    [InlineData(0, 30, "0:10 1:20 2:30")]
    [InlineData(0, 15, "0:10")]
    [InlineData(15, 30, "1:20 2:30")]
    [InlineData(10, 20, "1:20")]
    [InlineData(21, 29, "")]
    public void Next_ShardOfAStretch_GivesTheTasksThatEndInIt(long start, long end, string expected)
    {
        TaskEnds tasks = new(Extent, new RunShard(1, 0, start, end));
        List<string> ends = [];
        for (; tasks.Next < long.MaxValue; tasks.MoveOn())
        {
            ends.Add($"{tasks.Task}:{tasks.Next}");
        }

        Assert.Equal(expected, string.Join(' ', ends));
    }

    [Theory]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    [InlineData(25, 2)]
    public void Pass_EventThatWasLearned_PassesTheTasksBeforeIt(long position, int task)
    {
        TaskEnds tasks = new(Extent, new RunShard(1, 0, 0, 30));

        tasks.Pass(position);

        Assert.Equal(task, tasks.Task);
    }
}
