namespace NestedLearning.Models.Tests.Evaluation;

public sealed class FigureTests
{
    [Fact]
    public void AccuracyMatrix_ThreeTasks_FiguresByHand()
    {
        var matrix = new AccuracyMatrix([10, 10, 20]);
        matrix.Finish([8]);
        matrix.Finish([9, 10]);
        matrix.Finish([5, 10, 12]);

        Assert.Equal((0.5 + 1.0 + 0.6) / 3, matrix.FinalAccuracy, 12);
        Assert.Equal(((0.9 - 0.5) + 0) / 2, matrix.AverageForgetting, 12);
        Assert.Equal([0.8, 0.9, 0.5], matrix.ToRows()[0]);
        Assert.Equal([null, 1.0, 1.0], matrix.ToRows()[1]);
        Assert.Equal([null, null, 0.6], matrix.ToRows()[2]);
    }

    [Fact]
    public void AccuracyMatrix_TaskWithoutTests_LeftOut()
    {
        var matrix = new AccuracyMatrix([0, 4, 4]);
        matrix.Finish([0]);
        matrix.Finish([0, 4]);
        matrix.Finish([0, 3, 4]);

        Assert.Null(matrix[0, 2]);
        Assert.Equal(7.0 / 8, matrix.FinalAccuracy, 12);
        Assert.Equal(0.25, matrix.AverageForgetting, 12);
    }

    [Fact]
    public void AccuracyMatrix_OneTask_NothingToForget()
    {
        var matrix = new AccuracyMatrix([4]);
        matrix.Finish([3]);

        Assert.Equal(0.75, matrix.FinalAccuracy);
        Assert.Equal(0, matrix.AverageForgetting);
    }

    [Fact]
    public void Finish_WrongNumberOfCounts_Refused()
    {
        var matrix = new AccuracyMatrix([4]);

        Assert.Throws<ArgumentException>(() => matrix.Finish([1, 2]));
        matrix.Finish([4]);
        Assert.Throws<InvalidOperationException>(() => matrix.Finish([4, 4]));
    }

    [Fact]
    public void PrequentialAccuracy_Answers_ShareOfCorrectOnes()
    {
        var accuracy = new PrequentialAccuracy();
        Assert.Equal(0, accuracy.Value);

        accuracy.Add(true);
        accuracy.Add(false);
        accuracy.Add(true);

        Assert.Equal(2.0 / 3, accuracy.Value, 12);
    }

    [Fact]
    public void SeedSpread_Measurements_SampleDeviation()
    {
        // mean 5, squared distances 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, over n - 1 = 7
        SeedSpread spread = SeedSpread.Of([2, 4, 4, 4, 5, 5, 7, 9]);

        Assert.Equal(8, spread.Seeds);
        Assert.Equal(5, spread.Mean, 12);
        Assert.Equal(Math.Sqrt(32.0 / 7), spread.StandardDeviation!.Value, 12);
        Assert.Null(SeedSpread.Of([0.5]).StandardDeviation);
        Assert.Throws<ArgumentOutOfRangeException>(() => SeedSpread.Of([]));
    }
}
