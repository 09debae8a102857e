namespace NestedLearning.Tensors.Contracts;

/// <content>Matrix products, tables and convolutions.</content>
public abstract partial class TensorBackendContract
{
    [ContractFact]
    public void MatrixMultiply_RandomBatches_MatchesFloat64()
    {
        for (int seed = 0; seed < 3 * Rounds; seed++)
        {
            var random = new Random(seed);
            Shape outer = RandomShapes.Of(random, random.Next(3));
            (int m, int k, int n) = (RandomShapes.Size(random), RandomShapes.Size(random), RandomShapes.Size(random));
            (bool transposeX, bool transposeY) = (random.Next(2) == 0, random.Next(2) == 0);
            Sample x = Sample.Of(random, [.. RandomShapes.BroadcastingTo(random, outer).Dimensions, transposeX ? k : m, transposeX ? m : k]);
            Sample y = Sample.Of(random, [.. RandomShapes.BroadcastingTo(random, outer).Dimensions, transposeY ? n : k, transposeY ? k : n]);
            AssertSame((backend, inputs) => backend.MatrixMultiply(inputs[0], inputs[1], transposeX, transposeY), 1e-5, x, y);
        }
    }

    [ContractFact]
    public void GatherRows_RandomTables_MatchesFloat64()
    {
        for (int seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            Sample table = Sample.Of(random, [1 + random.Next(9), .. RandomShapes.Of(random, random.Next(3)).Dimensions]);
            int[] rows = Rows(random, table.Shape[0]);
            AssertSame((backend, inputs) => backend.GatherRows(inputs[0], rows), 0, table);
        }
    }

    [ContractFact]
    public void ScatterAddRows_RandomTables_MatchesFloat64()
    {
        for (int seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            int count = 1 + random.Next(9);
            int[] rows = Rows(random, count);
            Sample values = Sample.Of(random, [rows.Length, .. RandomShapes.Of(random, random.Next(3)).Dimensions]);
            AssertSame((backend, inputs) => backend.ScatterAddRows(inputs[0], rows, count), 2e-6, values);
        }
    }

    [ContractTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Convolve_RandomSequences_MatchesFloat64(bool anticausal)
    {
        for (int seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            Sample x = Sample.Of(random, RandomShapes.Of(random, 2 + random.Next(2)));
            Sample taps = Sample.Of(random, [random.Next(6), x.Shape[^1]]);
            AssertSame((backend, inputs) => backend.Convolve(inputs[0], inputs[1], anticausal), 5e-6, x, taps);
        }
    }

    [ContractFact]
    public void ConvolutionTaps_RandomSequences_MatchesFloat64()
    {
        for (int seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            Sample x = Sample.Of(random, RandomShapes.Of(random, 2 + random.Next(2)));
            Sample y = Sample.Of(random, x.Shape);
            int count = random.Next(6);
            AssertSame((backend, inputs) => backend.ConvolutionTaps(inputs[0], inputs[1], count), 2e-5, x, y);
        }
    }

    private static int[] Rows(Random random, int count) =>
        Array.ConvertAll(new int[RandomShapes.Size(random)], _ => random.Next(count));
}
