namespace NestedLearning.Models.Tests.Sequences.Continual;

public class LossMatrixTests
{
    [Fact]
    public void Averages_OfAMatrix_AreAsDefined()
    {
        LossMatrix losses = new(3) { [0, 0] = 2, [0, 1] = 1.5, [0, 2] = 4, [1, 1] = 1, [1, 2] = 2, [2, 2] = 3 };

        Assert.Equal(2, losses.AverageWhenLearned, 1e-12);
        Assert.Equal(3, losses.FinalAverage, 1e-12);
        Assert.Equal((2.5 + 1) / 2, losses.AverageForgetting, 1e-12);
        Assert.Equal([null, 1, 2], losses.Losses[1]);
    }

    [Fact]
    public void AverageForgetting_OfOneTask_Is0() => Assert.Equal(0, new LossMatrix(1) { [0, 0] = 2 }.AverageForgetting);

    [Fact]
    public void Loss_NotKnown_IsRefused() => Assert.Throws<InvalidOperationException>(() => new LossMatrix(2)[1, 0]);
}
