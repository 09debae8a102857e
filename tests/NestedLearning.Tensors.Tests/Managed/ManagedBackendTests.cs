using NestedLearning.Tensors.Contracts;

namespace NestedLearning.Tensors.Tests.Managed;

public sealed class ManagedBackendTests
{
    [Fact]
    public void Operations_OnMoreThreads_GiveTheSameBits()
    {
        float[] one = ManyOperations.Run(new ManagedBackend(1));
        Assert.True(Vectors.AllFinite(one));
        Assert.Equal(one, ManyOperations.Run(new ManagedBackend(2)));
        Assert.Equal(one, ManyOperations.Run(new ManagedBackend(5)));
    }

    [Fact]
    public void Operations_Repeated_ReuseTheirBuffers()
    {
        var backend = new ManagedBackend();
        ManyOperations.Run(backend);
        PoolUsage first = backend.Usage;
        Assert.Equal(0, first.BytesInUse);
        for (int i = 0; i < 20; i++)
        {
            ManyOperations.Run(backend);
            Assert.Equal(first, backend.Usage);
        }

        backend.Trim();
        Assert.Equal(default, backend.Usage);
    }

    [Fact]
    public void Reshape_OfAPart_HoldsTheBufferUntilTheLastIsDisposed()
    {
        var backend = new ManagedBackend();
        Tensor x = backend.Fill([100, 4], 1);
        long bytes = backend.Usage.BytesInUse;
        Tensor part = backend.Slice(x, 0, 50, 10);
        Tensor reshaped = backend.Reshape(part, [40]);
        Assert.Equal(bytes, backend.Usage.BytesInUse);
        x.Dispose();
        part.Dispose();
        Assert.Equal(bytes, backend.Usage.BytesInUse);
        reshaped.Dispose();
        Assert.Equal(new PoolUsage(0, bytes), backend.Usage);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65)]
    [InlineData(1_000)]
    [InlineData(100_001)]
    public void Fill_AnyLength_SparesAtMostAFifth(int length)
    {
        var backend = new ManagedBackend();
        using Tensor x = backend.Fill([length], 0);
        Assert.InRange(backend.Usage.BytesInUse, length * 4, Math.Max(256, length * 5));
    }

    [Theory]
    [InlineData(1, 33, 70)]
    [InlineData(3, 100, 31)]
    [InlineData(2, 64, 1030)]
    public void Permute_LargerThanATile_MovesEveryElement(int matrices, int rows, int columns)
    {
        var backend = new ManagedBackend(threads: 2);
        using Tensor x = backend.Create(
            [matrices, rows, columns], [.. Enumerable.Range(0, matrices * rows * columns).Select(i => (float)i)]);
        using Tensor transposed = backend.Permute(x, [0, 2, 1]);
        float[] values = new float[x.Shape.ElementCount];
        backend.Read(transposed, values);
        for (int i = 0; i < values.Length; i++)
        {
            (int matrix, int rest) = Math.DivRem(i, rows * columns);
            (int column, int row) = Math.DivRem(rest, rows);
            Assert.Equal((((matrix * rows) + row) * columns) + column, values[i]);
        }
    }

    [Fact]
    public void Operations_FromManyThreadsAtOnce_DoNotDisturbEachOther()
    {
        var backend = new ManagedBackend(threads: 2);
        float[] expected = ManyOperations.Run(backend);
        Parallel.For(0, 6, _ => Assert.Equal(expected, ManyOperations.Run(backend)));
        Assert.Equal(0, backend.Usage.BytesInUse);
    }

    [Fact]
    public void Blend_OfMemoryThatNobodyShares_StaysInIt()
    {
        var backend = new ManagedBackend();
        Tensor x = backend.Fill([100], 1);
        using Tensor y = backend.Fill([100], 2);
        PoolUsage before = backend.Usage;
        Assert.Same(x, backend.Blend(x, 1, y, 3));
        Assert.Equal(before, backend.Usage);
        x.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(131_073)]
    public void Adam_OnMoreThreads_GivesTheSameBits(int length)
    {
        float[] one = AdamStepped(new ManagedBackend(1), length);
        Assert.Equal(one, AdamStepped(new ManagedBackend(2), length));
        Assert.Equal(one, AdamStepped(new ManagedBackend(3), length));
    }

    [Fact]
    public void Constructor_NoThreads_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ManagedBackend(0));

    [Fact]
    public void Name_OfTwoThreads_TellsThem() => Assert.EndsWith("2 threads", new ManagedBackend(2).Name);

    private static float[] AdamStepped(ManagedBackend backend, int length)
    {
        using Tensor gradient = backend.Normal([length], 1);
        AdamState state = new(backend.Normal([length], 2), backend.Normal([length], 3), backend.Uniform([length], 4));
        state = backend.Adam(AdamStep.At(3, 0.1, 0.9, 0.99, 1e-8), state, gradient);
        float[] values = new float[length];
        backend.Read(state.Parameters, values);
        return values;
    }
}
