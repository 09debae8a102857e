using System.Text.Json;

namespace NestedLearning.Tiers.Tests.Training;

public class TrainingPlanTests
{
    private static readonly string[] Labels = ["a", "a", "b", "b", "c", "a", "c", "d"];

    [Theory]
    [InlineData(StreamSplit.Shard, 3, new[] { 0, 1, 2, 0, 1, 2, 0, 1 })]
    [InlineData(StreamSplit.Class, 3, new[] { 0, 0, 1, 1, 2, 0, 2, 0 })]
    [InlineData(StreamSplit.Task, 1, new[] { 0, 0, 0, 1, 1, 1, 1, 1 })]
    public void WorkerOf_EachSplit_SendsEventsWhereItSays(StreamSplit split, int workers, int[] expected)
    {
        TrainingPlan plan = new(Labels, [3, 8], workers, split);
        Assert.Equal(expected, Enumerable.Range(0, 8).Select(i => plan.WorkerOf(i)));
        Assert.Equal(expected.Max() + 1, plan.Workers);
    }

    [Fact]
    public void Next_FollowedToTheEnd_CoversTheStreamOnce()
    {
        TrainingPlan plan = new(Labels, [3, 8], 2, StreamSplit.Shard);
        List<RunSegment> segments = [];
        long folded = 0;
        for (long position = 0; plan.Next(position, folded, period: 2) is { } segment; position = segment.End)
        {
            segments.Add(segment);
            folded = segment.EndsRound ? segment.End : folded;
        }

        Assert.Equal([new(0, 2, true, null), new(2, 3, false, 0), new(3, 4, true, null), new(4, 6, true, null), new(6, 8, true, 1)], segments);
    }

    [Fact]
    public void Next_MoreLearnedThanTheRoundTakes_EndsTheRoundAtOnce()
    {
        TrainingPlan plan = new(Labels, [8], 2, StreamSplit.Shard);
        Assert.Equal(new RunSegment(5, 5, true, null), plan.Next(position: 5, folded: 0, period: 3));
    }

    [Fact]
    public void TasksEndedAt_CountsTasksUpToAPosition()
    {
        TrainingPlan plan = new(Labels, [3, 8], 2, StreamSplit.Shard);
        Assert.Equal([0, 0, 1, 1, 2], new long[] { 0, 2, 3, 7, 8 }.Select(plan.TasksEndedAt));
    }

    [Theory]
    [InlineData(new long[] { })]
    [InlineData(new long[] { 3 })]
    [InlineData(new long[] { 5, 3, 8 })]
    [InlineData(new long[] { -1, 8 })]
    public void Constructor_TasksThatDoNotCoverTheStream_AreRefused(long[] taskEnds) =>
        Assert.Throws<ArgumentException>(() => new TrainingPlan(Labels, taskEnds, 1, StreamSplit.Shard));

    [Fact]
    public void RunRecord_ReadBack_IsTheSame()
    {
        RunRecord record = new("print") { Columns = [[1], [2, 3]], AccuracyBeforeLastFold = 0.5, LearningSeconds = 2, BytesUp = 7 };
        RunRecord back = RunRecord.FromJson(record.ToJson());
        Assert.Equal(record.Columns, back.Columns);
        Assert.Equal(record with { Columns = [] }, back with { Columns = [] });
        Assert.Throws<JsonException>(() => RunRecord.FromJson("null"u8));
    }
}
