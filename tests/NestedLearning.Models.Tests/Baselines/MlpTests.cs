using NestedLearning.Tensors;
using static NestedLearning.Models.Tests.Evaluation.Streams;

namespace NestedLearning.Models.Tests.Baselines;

public sealed class MlpTests
{
    private static readonly SparseVector Sample = Key((0, 0.6f), (3, -0.5f), (5, 0.62f));

    [Fact]
    public void Backpropagate_EveryWeight_FiniteDifferences()
    {
        MlpNetwork network = Network();
        network.Backpropagate(Sample, 1);
        float[] hiddenErrors = [.. network.HiddenErrors];
        float[] hidden = [.. network.Hidden];
        float[] scoreErrors = network.ScoreErrors.ToArray();

        for (int unit = 0; unit < hidden.Length; unit++)
        {
            Assert.Equal(Slope(network, network.InputRow(3), unit), -0.5f * hiddenErrors[unit], 2e-3);
            Assert.Equal(Slope(network, network.OutputRow(2), unit), scoreErrors[2] * hidden[unit], 2e-3);
        }
    }

    [Fact]
    public void Descend_SmallStep_LossFallsByTheGradientsSquare()
    {
        MlpNetwork network = Network();
        double before = Loss(network);
        network.Backpropagate(Sample, 1);
        double squares = (Squares(network.HiddenErrors) * Squares(Sample.Values.Span))
            + (Squares(network.Hidden) * Squares(network.ScoreErrors));

        network.Descend(Sample, 1e-3f);

        Assert.InRange((before - Loss(network)) / (1e-3 * squares), 0.98, 1.02);
    }

    [Fact]
    public void ElasticRow_PullsAtOnce_EqualPullsStepByStep()
    {
        (ElasticRow lazy, ElasticRow eager) = (Row(), Row());
        float[] once = Enumerable.Repeat(3f, 16).ToArray();
        float[] stepwise = [.. once];

        lazy.Pull(once, 3, 0.2f);
        for (int step = 1; step <= 3; step++)
        {
            eager.Pull(stepwise, step, 0.2f);
        }

        // anchor 1, F = 0.5: the distance 2 shrinks by exp(-0.2 * 0.5) per step
        Assert.Equal(1 + (2 * Math.Exp(-0.3)), once[7], 1e-6);
        Assert.Equal(once[7], stepwise[7], 1e-6f);

        static ElasticRow Row()
        {
            var row = new ElasticRow(16);
            row.AddSquares(2f, Enumerable.Repeat(0.5f, 16).ToArray());
            row.Anchor(Enumerable.Repeat(1f, 16).ToArray());
            return row;
        }
    }

    [Fact]
    public void Reservoir_TenIntoThree_EachKeptEquallyOften()
    {
        int[] kept = new int[10];
        for (int seed = 0; seed < 3_000; seed++)
        {
            var reservoir = new Reservoir(3, seed);
            for (int label = 0; label < 10; label++)
            {
                reservoir.Add(new KeyedExample(default, label));
            }

            Assert.Equal(3, reservoir.Count);
            kept[reservoir.Draw().Label]++;
        }

        // Expected 300 each with a standard deviation of 16.
        Assert.All(kept, count => Assert.InRange(count, 220, 380));
    }

    [Fact]
    public void Replay_EarlierTask_RememberedBetterThanWithout()
    {
        KeyedTaskStream stream = Evaluation.Streams.Separable();

        double without = ContinualEvaluation.Run(new Mlp(stream.Features, 0), stream).Accuracy.AverageForgetting;
        double with = ContinualEvaluation.Run(new Replay(stream.Features, 0), stream).Accuracy.AverageForgetting;

        Assert.True(with <= without, $"{with} with replay, {without} without");
    }

    private static MlpNetwork Network()
    {
        var network = new MlpNetwork(8, 16, seed: 3);
        network.Grow(4);
        for (int label = 0; label < 4; label++)
        {
            Gaussian.Fill(network.OutputRow(label), 0.5f, new Random(label));
        }

        return network;
    }

    private static double Slope(MlpNetwork network, Span<float> weights, int index)
    {
        const float width = 1e-2f;
        float weight = weights[index];
        weights[index] = weight + width;
        double above = Loss(network);
        weights[index] = weight - width;
        double below = Loss(network);
        weights[index] = weight;
        return (above - below) / (2 * width);
    }

    private static double Loss(MlpNetwork network)
    {
        float[] scores = network.Score(Sample).ToArray();
        return Math.Log(scores.Sum(score => Math.Exp(score))) - scores[1];
    }

    private static double Squares(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += value * value;
        }

        return sum;
    }
}
