using NestedLearning.Models.Tests.Evaluation;

namespace NestedLearning.Models.Tests.Baselines;

public sealed class BaselineCatalogTests
{
    public static TheoryData<string> Names => [.. BaselineCatalog.Names];

    [Fact]
    public void Names_All_TheEightOfTheMethod() => Assert.Equal(
        ["softmax", "delta", "mlp", "ewc", "replay", "nearest-mean", "joint-ridge", "joint-linear"], BaselineCatalog.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_SameSeed_SameResult(string name)
    {
        KeyedTaskStream stream = Streams.Separable();

        BaselineResult result = BaselineCatalog.Run(name, stream, seed: 5);
        BaselineResult again = BaselineCatalog.Run(name, stream, seed: 5);

        Assert.Equal(name, result.Name);
        Assert.Equal(result with { Accuracy = null }, again with { Accuracy = null });
        Assert.Equal(result.Accuracy?.ToRows(), again.Accuracy?.ToRows());
    }

    [Theory]
    [InlineData("nearest-mean")]
    [InlineData("joint-ridge")]
    [InlineData("joint-linear")]
    public void Run_OrderFreeBaseline_LearnsWhatIsSeparable(string name) =>
        Assert.Equal(1, BaselineCatalog.Run(name, Streams.Separable()).FinalAccuracy);

    [Theory]
    [InlineData("joint-ridge")]
    [InlineData("joint-linear")]
    public void Run_Joint_NoFigureOfAStream(string name)
    {
        BaselineResult result = BaselineCatalog.Run(name, Streams.Separable(64));

        Assert.Null(result.AverageForgetting);
        Assert.Null(result.PrequentialAccuracy);
    }

    [Fact]
    public void Run_UnknownName_ListsTheKnownOnes()
    {
        var error = Assert.Throws<UnknownBaselineException>(() => BaselineCatalog.Run("svm", Streams.Separable(64)));

        Assert.Equal("svm", error.Name);
        Assert.Contains("joint-linear", error.Message);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_Cancelled_Stops(string name)
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(
            () => BaselineCatalog.Run(name, Streams.Separable(64), cancellationToken: source.Token));
    }

    [Fact]
    public void Predict_BeforeAnyClass_MinusOne()
    {
        IContinualLearner[] learners =
            [new OnlineSoftmax(8), new DeltaRule(8), new Mlp(8, 0), new Ewc(8, 0), new Replay(8, 0), new NearestClassMean(8)];

        Assert.All(learners, learner => Assert.Equal(-1, learner.Predict(Streams.Key((1, 1f)))));
    }
}
