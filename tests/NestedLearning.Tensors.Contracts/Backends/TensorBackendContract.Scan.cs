namespace NestedLearning.Tensors.Contracts;

/// <content>The delta scan and its gradients.</content>
public abstract partial class TensorBackendContract
{
    private static readonly int[] ChunkLengths = [1, 2, 3, 5, 16, 100];

    [ContractFact]
    public void DeltaScan_RandomShapes_MatchesFloat64()
    {
        for (int seed = 0; seed < Rounds; seed++)
        {
            (Sample[] samples, int chunkLength) = RandomScan(new Random(seed));
            AssertScan(samples, chunkLength, 1e-5);
        }
    }

    [ContractFact]
    public void DeltaScanGradients_RandomShapes_MatchesFloat64()
    {
        for (int seed = 0; seed < Rounds / 2; seed++)
        {
            (Sample[] samples, int chunkLength) = RandomScan(new Random(seed));
            AssertSame((backend, inputs) => Gradients(backend, inputs, chunkLength), 2e-5, samples);
        }
    }

    [ContractTheory]
    [InlineData(16, 1)]
    [InlineData(16, 16)]
    [InlineData(64, 64)]
    public void DeltaScan_OneKeyWrittenWithAFullRate_KeepsTheLastValue(int time, int chunkLength)
    {
        Sample[] samples = Scan(new Random(3), [2], time, 5, 6, rates: (1, 1), logRetentions: (0, 0));
        samples[1] = samples[1] with { Values = [.. Enumerable.Repeat(samples[1].Values[..5], 2 * time).SelectMany(key => key)] };
        AssertScan(samples, chunkLength, 1e-5);
    }

    [ContractTheory]
    [InlineData(0, 0, 0)]
    [InlineData(0, -1e-7f, -1e-7f)]
    [InlineData(1, -90, -80)]
    [InlineData(1, -1e4f, 0)]
    [InlineData(1, -1e-7f, 0)]
    public void DeltaScan_GatesAtTheirEnds_MatchesFloat64(float rate, float lowRetention, float highRetention)
    {
        Sample[] samples = Scan(new Random(4), [3], 37, 6, 5, (rate, rate), (lowRetention, highRetention));
        AssertScan(samples, 16, 1e-5);
        AssertSame((backend, inputs) => Gradients(backend, inputs, 16), 5e-5, samples);
    }

    [ContractTheory]
    [InlineData(16)]
    [InlineData(64)]
    public void DeltaScan_LongSequences_MatchesFloat64(int chunkLength) =>
        AssertScan(Scan(new Random(5), [1, 2], 512, 8, 8, (0.9f, 1), (-1e-3f, 0)), chunkLength, 1e-5);

    [ContractFact]
    public void DeltaScan_TokenByToken_IsThatOfTheSequence()
    {
        const int Time = 21;
        Sample[] samples = Scan(new Random(6), [2, 3], Time, 7, 9, (0, 1), (-1, 0));
        AssertSame(
            (backend, inputs) => backend is Float64Backend
                ? Results(backend, backend.DeltaScan(Operands(inputs), 16, false))
                : TokenByToken(backend, inputs, Time),
            1e-5,
            samples);
    }

    [ContractFact]
    public void DeltaScan_OperandsThatDoNotFit_AreRefused()
    {
        Sample[] samples = Scan(new Random(7), [2], 3, 4, 5, (0, 1), (-1, 0));
        for (int operand = 0; operand < 6; operand++)
        {
            Tensor[] inputs = Array.ConvertAll(samples, sample => Backend.Create(sample.Shape, sample.Values));
            inputs[operand] = Backend.Fill([1, .. inputs[operand].Shape], 0);
            Assert.Throws<ShapeException>(() => Backend.DeltaScan(Operands(inputs), 16, forGradients: false));
        }
    }

    [ContractFact]
    public void DeltaScan_NoChunks_AreRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => AssertScan(
        Scan(new Random(8), [], 3, 4, 5, (0, 1), (-1, 0)), 0, 0));

    private void AssertScan(Sample[] samples, int chunkLength, double tolerance)
    {
        AssertSame((backend, inputs) => Results(backend, backend.DeltaScan(Operands(inputs), chunkLength, false)), tolerance, samples);
        AssertSame((backend, inputs) => Results(backend, backend.DeltaScan(Operands(inputs), chunkLength, true)), tolerance, samples);
    }

    /// <summary>Keys of length 1, all kinds of rates and retentions; the last two samples are gradients that arrive.</summary>
    private static (Sample[] Samples, int ChunkLength) RandomScan(Random random)
    {
        Shape outer = RandomShapes.Of(random, random.Next(3));
        (int time, int keys, int values) = (random.Next(40), 1 + RandomShapes.Size(random), 1 + RandomShapes.Size(random));
        Sample[] samples = Scan(random, outer, time, keys, values, (0, 1), (-random.Next(1, 5), 0));
        return (samples, ChunkLengths[random.Next(ChunkLengths.Length)]);
    }

    private static Sample[] Scan(
        Random random, Shape outer, int time, int keys, int values, (float Low, float High) rates, (float Low, float High) logRetentions)
    {
        Sample written = Sample.Of(random, [.. outer, time, keys], -1, 1);
        return
        [
            Sample.Of(random, written.Shape, -1, 1),
            written with { Values = [.. written.Values.Chunk(keys).SelectMany(Unit)] },
            Sample.Of(random, [.. outer, time, values], -1, 1),
            Sample.Of(random, [.. outer, time], rates.Low, rates.High),
            Sample.Of(random, [.. outer, time], logRetentions.Low, logRetentions.High),
            Sample.Of(random, [.. outer, keys, values], -1, 1),
            Sample.Of(random, [.. outer, time, values], -1, 1),
            Sample.Of(random, [.. outer, keys, values], -1, 1),
        ];
    }

    private static float[] Unit(float[] vector)
    {
        float length = MathF.Sqrt(vector.Sum(x => x * x) + 1e-12f);
        return Array.ConvertAll(vector, x => x / length);
    }

    private static DeltaOperands<Tensor> Operands(Tensor[] inputs) =>
        new(inputs[0], inputs[1], inputs[2], inputs[3], inputs[4], inputs[5]);

    /// <summary>Reads and memories, one after another.</summary>
    private static Tensor Results(ITensorBackend backend, DeltaScanResult result)
    {
        Tensor results = backend.Concatenate([result.Reads, result.State], result.Reads.Shape.Rank - 2);
        Dispose(result.Reads, result.State, result.Kept);
        return results;
    }

    /// <summary>All gradients one after another.</summary>
    private static Tensor Gradients(ITensorBackend backend, Tensor[] inputs, int chunkLength)
    {
        DeltaScanResult result = backend.DeltaScan(Operands(inputs), chunkLength, forGradients: true);
        Tensor[] gradients = backend.DeltaScanGradients(Operands(inputs), result, inputs[6], inputs[7], chunkLength).ToArray();
        Tensor[] rows = Array.ConvertAll(gradients, gradient => backend.Reshape(gradient, [gradient.Shape.ElementCount]));
        Tensor all = backend.Concatenate(rows, 0);
        Dispose([.. gradients, .. rows, result.Reads, result.State, result.Kept]);
        return all;
    }

    private static Tensor TokenByToken(ITensorBackend backend, Tensor[] inputs, int time)
    {
        List<Tensor> made = [];
        List<Tensor> reads = [];
        Tensor state = inputs[5];
        for (int token = 0; token < time; token++)
        {
            Tensor[] one = [.. inputs[..5].Select(operand => backend.Slice(operand, 2, token, 1))];
            DeltaScanResult result = backend.DeltaScan(Operands([.. one, state]), 16, forGradients: false);
            reads.Add(result.Reads);
            state = result.State;
            made.AddRange([.. one, result.Reads, result.State]);
        }

        Tensor all = backend.Concatenate([.. reads, state], 2);
        Dispose([.. made]);
        return all;
    }

    private static void Dispose(params Tensor?[] tensors) => Array.ForEach(tensors, tensor => tensor?.Dispose());
}
