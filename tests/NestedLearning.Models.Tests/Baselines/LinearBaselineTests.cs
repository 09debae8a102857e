using NestedLearning.Tensors;
using static NestedLearning.Models.Tests.Evaluation.Streams;

namespace NestedLearning.Models.Tests.Baselines;

public sealed class LinearBaselineTests
{
    [Fact]
    public void DeltaRule_TwoEvents_WeightsByHand()
    {
        var learner = new DeltaRule(4, rate: 0.5f);

        learner.Learn(Key((0, 0.6f), (1, 0.8f)), 0);
        learner.Learn(Key((1, 1f)), 1);

        // After the first: row 0 = 0.3, row 1 = 0.4. The second has scores (0.4, 0), errors (0.4, -1).
        Assert.Equal([0.3f, 0f], learner.Weights.Row(0).ToArray());
        Assert.Equal(0.4f - (0.5f * 0.4f), learner.Weights.Row(1)[0], 1e-6f);
        Assert.Equal(0.5f, learner.Weights.Row(1)[1], 1e-6f);
    }

    [Fact]
    public void OnlineSoftmax_TwoEvents_WeightsByHand()
    {
        var learner = new OnlineSoftmax(4, rate: 2f);

        learner.Learn(Key((2, 1f)), 0);
        learner.Learn(Key((2, 0.5f)), 1);

        // One class has probability 1, so the first changes nothing; then both have 1/2.
        Assert.Equal([-0.5f, 0.5f], learner.Weights.Row(2).ToArray());
    }

    [Fact]
    public void NearestClassMean_Keys_LargestCosine()
    {
        var learner = new NearestClassMean(4);
        learner.Learn(Key((0, 1f)), 0);
        learner.Learn(Key((0, 1f)), 0);
        learner.Learn(Key((0, 0.6f), (1, 0.8f)), 1);

        // Cosines with the sums (2, 0) and (0.6, 0.8): 0.8 against 0.96, then 0.96 against 0.8 or so.
        Assert.Equal(1, learner.Predict(Key((0, 0.8f), (1, 0.6f))));
        Assert.Equal(0, learner.Predict(Key((0, 0.96f), (1, 0.28f))));
    }

    [Fact]
    public void JointRidge_TwoFeatures_ClosedForm()
    {
        var learner = new JointRidge(2, ridge: 0.5);

        learner.Fit([new(Key((0, 1f)), 0), new(Key((0, 0.6f), (1, 0.8f)), 1)], classes: 2);

        // A + λI = [[1.86, 0.48], [0.48, 1.14]], determinant 1.89; Bᵀ = [[1, 0.6], [0, 0.8]]
        Assert.Equal(1.14 / 1.89, learner.Weights.Row(0)[0], 1e-6);
        Assert.Equal(((1.14 * 0.6) - (0.48 * 0.8)) / 1.89, learner.Weights.Row(0)[1], 1e-6);
        Assert.Equal(-0.48 / 1.89, learner.Weights.Row(1)[0], 1e-6);
        Assert.Equal(((-0.48 * 0.6) + (1.86 * 0.8)) / 1.89, learner.Weights.Row(1)[1], 1e-6);
    }

    [Fact]
    public void JointLinear_OrthogonalExamples_MinimumOfThePrimal()
    {
        const float cost = 2;
        var learner = new JointLinear(2, seed: 0, cost, maxPasses: 50);

        learner.Fit([new(Key((0, 1f)), 0), new(Key((1, 1f)), 1)], classes: 2);

        // w²/2 + C (1 - w)² is smallest at 2C / (1 + 2C).
        const float expected = 2 * cost / (1 + (2 * cost));
        Assert.Equal(expected, learner.Weights.Row(0)[0], 1e-5f);
        Assert.Equal(-expected, learner.Weights.Row(0)[1], 1e-5f);
        Assert.Equal(expected, learner.Weights.Row(1)[1], 1e-5f);
    }

    [Fact]
    public void LinearWeights_Growing_KeepsWhatIsThere()
    {
        var weights = new LinearWeights(3);
        weights.Grow(2);
        weights.Row(1)[1] = 5;

        weights.Grow(100);

        Assert.Equal(5, weights.Row(1)[1]);
        Assert.Equal(100, weights.Row(2).Length);
        Assert.Equal(5, weights.Row(1).ToArray().Sum());
    }

    [Fact]
    public void Add_OuterProduct_ReadBackByScore()
    {
        var weights = new LinearWeights(8);
        weights.Grow(3);
        SparseVector key = Key((1, 0.5f), (7, 2f));

        weights.Add(2, key, [1f, -1f, 0.25f]);

        // 2 (0.25 + 4) times each error
        float[] scores = new float[3];
        weights.Score(key, scores);
        Assert.Equal([8.5f, -8.5f, 2.125f], scores);
    }
}
