namespace NestedLearning.Tensors.Tests.Managed;

/// <summary>The fused scan beside its composition from other operations, and what it costs.</summary>
public sealed class DeltaScanTests
{
    [Theory]
    [InlineData(70, 32, 32, 16)]
    [InlineData(64, 33, 17, 16)]
    [InlineData(40, 8, 40, 7)]
    [InlineData(100, 5, 3, 64)]
    [InlineData(3, 4, 4, 16)]
    [InlineData(0, 4, 4, 16)]
    public void DeltaScan_Fused_IsItsComposition(int time, int keys, int values, int chunkLength)
    {
        var backend = new ManagedBackend();
        DeltaOperands<Tensor> operands = Operands(backend, [2, 3], time, keys, values);
        using Tensor reads = backend.Normal([2, 3, time, values], 7);
        using Tensor state = backend.Normal([2, 3, keys, values], 8);
        DeltaScanResult fused = backend.DeltaScan(operands, chunkLength, forGradients: true);
        DeltaScanResult composed = DeltaComposition.Scan(backend, operands, chunkLength);
        AssertClose(Read(backend, composed.Reads), Read(backend, fused.Reads));
        AssertClose(Read(backend, composed.State), Read(backend, fused.State));
        foreach ((Tensor? atReads, Tensor? atState) in new (Tensor?, Tensor?)[] { (reads, state), (reads, null), (null, state), (null, null) })
        {
            Tensor[] expected = DeltaComposition.Gradients(backend, operands, atReads, atState, chunkLength).ToArray();
            Tensor[] actual = backend.DeltaScanGradients(operands, fused, atReads, atState, chunkLength).ToArray();
            for (int i = 0; i < expected.Length; i++)
            {
                AssertClose(Read(backend, expected[i]), Read(backend, actual[i]));
            }
        }
    }

    [Fact]
    public void DeltaScan_ComposedOfOneKey_LosesNoDigits()
    {
        const int Time = 64;
        var backend = new ManagedBackend();
        DeltaOperands<Tensor> operands = Operands(backend, [1], Time, 4, 4) with
        {
            Keys = backend.Fill([1, Time, 4], 0.5),
            Rates = backend.Fill([1, Time], 1),
            LogRetentions = backend.Fill([1, Time], 0),
        };
        DeltaScanResult composed = DeltaComposition.Scan(backend, operands, Time);
        DeltaScanResult fused = backend.DeltaScan(operands, 1, forGradients: false);
        AssertClose(Read(backend, fused.Reads), Read(backend, composed.Reads), 1e-5);
    }

    [Fact]
    public void DeltaScan_OnMoreThreads_GivesTheSameBits()
    {
        float[] one = Results(new ManagedBackend(1));
        Assert.True(Vectors.AllFinite(one));
        Assert.Equal(one, Results(new ManagedBackend(2)));
        Assert.Equal(one, Results(new ManagedBackend(3)));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(2000)]
    public void DeltaScan_WarmedUp_AllocatesAFewObjects(int time)
    {
        var backend = new ManagedBackend();
        DeltaOperands<Tensor> operands = Operands(backend, [4], time, 16, 16);
        using Tensor reads = backend.Normal([4, time, 16], 7);
        PoolUsage warm = default;
        long before = 0;
        for (int round = 0; round < 3; round++)
        {
            warm = round == 1 ? backend.Usage : warm;
            before = GC.GetAllocatedBytesForCurrentThread();
            DeltaScanResult result = backend.DeltaScan(operands, 16, forGradients: true);
            DeltaOperands<Tensor> gradients = backend.DeltaScanGradients(operands, result, reads, null, 16);
            Array.ForEach(gradients.ToArray(), gradient => gradient.Dispose());
            result.Reads.Dispose();
            result.State.Dispose();
            result.Kept?.Dispose();
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000);
        Assert.Equal(warm, backend.Usage);
    }

    [Fact]
    public void DeltaScanGradients_OfAScanWithoutThem_AreRefused()
    {
        var backend = new ManagedBackend();
        DeltaOperands<Tensor> operands = Operands(backend, [1], 5, 2, 2);
        DeltaScanResult result = backend.DeltaScan(operands, 2, forGradients: false);
        Assert.Null(result.Kept);
        Assert.Throws<ArgumentException>(() => backend.DeltaScanGradients(operands, result, result.Reads, null, 2));
    }

    [Fact]
    public void DeltaScanGradients_OfOtherShapes_AreRefused()
    {
        var backend = new ManagedBackend();
        DeltaOperands<Tensor> operands = Operands(backend, [1], 5, 2, 3);
        DeltaScanResult result = backend.DeltaScan(operands, 5, forGradients: true);
        Assert.Throws<ShapeException>(() => backend.DeltaScanGradients(operands, result, result.State, null, 5));
        Assert.Throws<ShapeException>(() => backend.DeltaScanGradients(operands, result, null, result.Reads, 5));
        Assert.Throws<ShapeException>(() => DeltaComposition.Gradients(backend, operands, result.State, null, 5));
    }

    /// <summary>Keys of length 1, rates in (0, 1), log retentions in (-0.3, 0).</summary>
    private static DeltaOperands<Tensor> Operands(ManagedBackend backend, Shape outer, int time, int keys, int values) => new(
        backend.Normal([.. outer, time, keys], 1),
        backend.Normalize(Normalization.Unit, backend.Normal([.. outer, time, keys], 2), 1e-9),
        backend.Normal([.. outer, time, values], 3),
        backend.Uniform([.. outer, time], 4),
        backend.Affine(backend.Uniform([.. outer, time], 5), -0.3, 0),
        backend.Normal([.. outer, keys, values], 6));

    private static float[] Results(ManagedBackend backend)
    {
        DeltaOperands<Tensor> operands = Operands(backend, [3, 5], 50, 20, 24);
        DeltaScanResult result = backend.DeltaScan(operands, 16, forGradients: true);
        DeltaOperands<Tensor> gradients = backend.DeltaScanGradients(operands, result, result.Reads, result.State, 16);
        return [.. gradients.ToArray().Append(result.Reads).Append(result.State).SelectMany(tensor => Read(backend, tensor))];
    }

    private static float[] Read(ManagedBackend backend, Tensor tensor)
    {
        float[] values = new float[tensor.Shape.ElementCount];
        backend.Read(tensor, values);
        return values;
    }

    private static void AssertClose(float[] expected, float[] actual, double tolerance = 3e-6)
    {
        float largest = expected.Select(Math.Abs).DefaultIfEmpty().Max();
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, tolerance * Math.Max(1, largest)));
    }
}
