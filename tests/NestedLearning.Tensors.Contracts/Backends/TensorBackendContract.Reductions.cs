namespace NestedLearning.Tensors.Contracts;

/// <content>Reductions, softmax and norms.</content>
public abstract partial class TensorBackendContract
{
    [ContractTheory]
    [InlineData(Reduction.Sum)]
    [InlineData(Reduction.Mean)]
    [InlineData(Reduction.Max)]
    public void Reduce_AnyAxes_MatchesFloat64(Reduction reduction)
    {
        for (int seed = 0; seed < 3 * Rounds; seed++)
        {
            var random = new Random(seed);
            Sample x = Sample.Of(random, RandomShapes.Of(random, random.Next(5)));
            int[] axes = [.. Enumerable.Range(0, x.Shape.Rank).Where(_ => random.Next(2) == 0)];
            axes = Array.ConvertAll(axes, axis => random.Next(2) == 0 ? axis : axis - x.Shape.Rank);
            random.Shuffle(axes);
            if (reduction == Reduction.Sum || !x.Shape.Contains(0))
            {
                AssertSame((backend, inputs) => backend.Reduce(reduction, inputs[0], axes), 5e-6, x);
            }
        }
    }

    [ContractTheory]
    [InlineData(100_000, 1)]
    [InlineData(30_000, 3)]
    public void Reduce_LongSums_KeepTheirDigits(int rows, int columns)
    {
        Sample x = Sample.Of(new Random(1), [rows, columns], 0, 1);
        AssertSame((backend, inputs) => backend.Reduce(Reduction.Sum, inputs[0], [0]), 1e-6, x);
    }

    [ContractFact]
    public void Softmax_RandomShapes_MatchesFloat64() =>
        AssertRows((backend, x) => backend.Softmax(x), 2e-6, -20, 20);

    [ContractFact]
    public void LogSoftmax_RandomShapes_MatchesFloat64() =>
        AssertRows((backend, x) => backend.LogSoftmax(x), 2e-6, -200, 200);

    [ContractTheory]
    [InlineData(Normalization.Layer)]
    [InlineData(Normalization.RootMeanSquare)]
    [InlineData(Normalization.Unit)]
    public void Normalize_RandomShapes_MatchesFloat64(Normalization normalization) =>
        AssertRows((backend, x) => backend.Normalize(normalization, x, 1e-3), 5e-6, -3, 3);

    [ContractTheory]
    [InlineData(1e-12f)]
    [InlineData(1e12f)]
    public void Normalize_ExtremeMagnitudes_HaveUnitLength(float scale)
    {
        Sample x = Sample.Of(new Random(2), [3, 17], -scale, scale);
        AssertSame((backend, inputs) => backend.Normalize(Normalization.Unit, inputs[0], 1e-30), 5e-6, x);
    }

    private void AssertRows(Func<ITensorBackend, Tensor, Tensor> operation, double tolerance, float low, float high)
    {
        for (int seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            Sample x = Sample.Of(random, RandomShapes.Of(random, 1 + random.Next(3)), low, high);
            AssertSame((backend, inputs) => operation(backend, inputs[0]), tolerance, x);
        }
    }
}
