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

    [Fact]
    public void RowsTogether_FromTheMiddleOfAnAxis_EndAtItsEnd()
    {
        var plan = new LoopPlan(Whole, LoopPlan.BroadcastStrides(Whole, Whole), LoopPlan.BroadcastStrides([2, 1, 4], Whole));
        Assert.Equal((3, 2, 1), (plan.RowsTogether(0, 6), plan.RowsTogether(1, 6), plan.RowsTogether(1, 2)));
        Assert.Equal((4, 0), (plan.RowStep(0), plan.RowStep(1)));
    }

    [Fact]
    public void RowsTogether_OfOneRun_IsThatRun()
    {
        var plan = new LoopPlan(Whole, LoopPlan.BroadcastStrides(Whole, Whole));
        Assert.Equal((1, 0), (plan.RowsTogether(0, 1), plan.RowStep(0)));
    }

    private static void AssertRuns(Shape other, int rows, int columns, int step)
    {
        var plan = new LoopPlan(Whole, LoopPlan.BroadcastStrides(Whole, Whole), LoopPlan.BroadcastStrides(other, Whole));
        Assert.Equal((rows, columns, 1, step), (plan.Rows, plan.Columns, plan.Step(0), plan.Step(1)));
        Assert.Equal(Enumerable.Range(0, 24), Enumerable.Range(0, 24).Select(element => plan.Offset(0, element)));
    }
}
