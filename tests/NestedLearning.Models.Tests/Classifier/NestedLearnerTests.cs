using NestedLearning.Models.Tests.Evaluation;
using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Classifier;

public sealed class NestedLearnerTests
{
    [Fact]
    public void Run_TasksThatCanBeToldApart_ForgetsNothing()
    {
        KeyedTaskStream stream = Streams.Separable();
        ContinualResult result = ContinualEvaluation.Run(new NestedLearner(new ClassifierSpec { Features = stream.Features, Period = 25 }), stream);
        Assert.Equal(("nested", 1.0, 0.0), (result.Learner, result.Accuracy.FinalAccuracy, result.Accuracy.AverageForgetting));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Learn_DenseKeysAndPlainTargets_AnswersAsRidgeOverAllThatWasFolded(int rounds)
    {
        const int features = 64;
        Random random = new(5);
        KeyedExample[] examples = [.. Enumerable.Range(0, 90).Select(i => new KeyedExample(Dense(i % 6), i % 6))];
        ClassifierSpec spec = new() { Features = features, OneSidedTargets = false, Balance = 0, Period = examples.Length / rounds, PeriodGrowth = 0 };
        NestedLearner learner = new(spec);
        Assert.Equal(-1, learner.Predict(examples[0].Key));
        foreach (KeyedExample example in examples)
        {
            learner.Learn(example.Key, example.Label);
        }

        JointRidge ridge = new(features);
        ridge.Fit([.. examples.Select(example => example with { Key = Int8Rows.Round(example.Key) })], 6);
        SparseVector[] asked = [.. Enumerable.Range(0, 60).Select(i => Dense(i % 6))];
        Assert.Equal(asked.Select(key => ridge.Predict(key)), asked.Select(key => learner.Predict(key)));

        SparseVector Dense(int y) => new(
            Enumerable.Range(0, features).Select(i => (ushort)i).ToArray(),
            Enumerable.Range(0, features).Select(i => (random.NextSingle() - 0.5f + (i % 6 == y ? 0.3f : 0)) / 4).ToArray());
    }
}
