namespace NestedLearning.Tensors.Tests.Managed;

public sealed class LoopPlanTests
{
    private static readonly Shape Whole = [2, 3, 4];

    [Fact]
    public void Constructor_OperandsInOrder_MakesOneRun() => AssertRuns(Whole, rows: 1, columns: 24, step: 1);

    [Fact]
    public void Constructor_ARowThatRepeats_MergesTheOuterAxes() => AssertRuns([4], rows: 6, columns: 4, step: 1);

    [Fact]
    public void Constructor_ANumberForEachOuterAxis_MergesTheInnerAxes() => AssertRuns([2, 1, 1], rows: 2, columns: 12, step: 0);

    [Fact]
    public void Constructor_ASingleNumber_MakesOneRun() => AssertRuns([], rows: 1, columns: 24, step: 0);

    [Fact]
    public void Constructor_AMiddleAxisThatRepeats_MergesNothing() => AssertRuns([2, 1, 4], rows: 6, columns: 4, step: 1);

    [Fact]
    public void Constructor_NoElements_MakesNoRuns()
    {
        Shape empty = [3, 0];
        Assert.Equal(0, new LoopPlan(empty, LoopPlan.BroadcastStrides(empty, empty)).Rows);
    }

    private static void AssertRuns(Shape other, int rows, int columns, int step)
    {
        var plan = new LoopPlan(Whole, LoopPlan.BroadcastStrides(Whole, Whole), LoopPlan.BroadcastStrides(other, Whole));
        Assert.Equal((rows, columns, 1, step), (plan.Rows, plan.Columns, plan.Step(0), plan.Step(1)));
        Assert.Equal(Enumerable.Range(0, 24), Enumerable.Range(0, 24).Select(element => plan.Offset(0, element)));
    }
}
