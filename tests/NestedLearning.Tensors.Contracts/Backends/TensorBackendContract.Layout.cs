namespace NestedLearning.Tensors.Contracts;

/// <content>Creation, and operations that move elements.</content>
public abstract partial class TensorBackendContract
{
    [ContractFact]
    public void Permute_RandomOrders_MatchesFloat64()
    {
        for (int seed = 0; seed < 2 * Rounds; seed++)
        {
            var random = new Random(seed);
            Sample x = Sample.Of(random, RandomShapes.Of(random, random.Next(5)));
            int[] axes = [.. Enumerable.Range(0, x.Shape.Rank)];
            random.Shuffle(axes);
            AssertSame((backend, inputs) => backend.Permute(inputs[0], axes), 0, x);
        }
    }

    [ContractFact]
    public void Broadcast_RandomShapes_MatchesFloat64()
    {
        for (int seed = 0; seed < 2 * Rounds; seed++)
        {
            var random = new Random(seed);
            Shape shape = RandomShapes.Of(random, random.Next(5));
            Sample x = Sample.Of(random, RandomShapes.BroadcastingTo(random, shape));
            AssertSame((backend, inputs) => backend.Broadcast(inputs[0], shape), 0, x);
        }
    }

    [ContractFact]
    public void Slice_RandomParts_MatchesFloat64()
    {
        for (int seed = 0; seed < 2 * Rounds; seed++)
        {
            var random = new Random(seed);
            Sample x = Sample.Of(random, RandomShapes.Of(random, 1 + random.Next(4)));
            int axis = random.Next(x.Shape.Rank);
            int start = random.Next(x.Shape[axis] + 1);
            int length = random.Next(x.Shape[axis] - start + 1);
            AssertSame((backend, inputs) => backend.Slice(inputs[0], axis - x.Shape.Rank, start, length), 0, x);
        }
    }

    [ContractFact]
    public void Concatenate_RandomParts_MatchesFloat64()
    {
        for (int seed = 0; seed < 2 * Rounds; seed++)
        {
            var random = new Random(seed);
            int[] sizes = RandomShapes.Of(random, 1 + random.Next(4)).Dimensions.ToArray();
            int axis = random.Next(sizes.Length);
            Sample[] parts = Array.ConvertAll(new int[1 + random.Next(4)], _ =>
            {
                sizes[axis] = RandomShapes.Size(random);
                return Sample.Of(random, Shape.Create(sizes));
            });
            AssertSame((backend, inputs) => backend.Concatenate(inputs, axis), 0, parts);
        }
    }

    [ContractFact]
    public void Reshape_AfterAnotherOperation_KeepsTheOrder() => AssertSame(
        (backend, inputs) =>
        {
            using Tensor permuted = backend.Permute(inputs[0], [1, 0]);
            using Tensor sliced = backend.Slice(permuted, 0, 1, 2);
            return backend.Reshape(sliced, [3, 2, 1]);
        },
        0,
        Sample.Of(new Random(3), [3, 4]));

    [ContractTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1001)]
    public void Create_FromASeedOrAValue_MatchesFloat64(int count)
    {
        AssertSame((backend, _) => backend.Uniform([count], 5), 1e-7);
        AssertSame((backend, _) => backend.Normal([count], 5), 1e-6);
        AssertSame((backend, _) => backend.Fill([count], 0.25), 0);
    }

    [ContractFact]
    public void AllFinite_WithOneNaN_IsFalse()
    {
        using Tensor finite = Backend.Fill([3, 7], 1);
        using Tensor nan = Backend.Create([2], [1, float.NaN]);
        using Tensor infinite = Backend.Create([2], [1, float.NegativeInfinity]);
        Assert.True(Backend.AllFinite(finite));
        Assert.False(Backend.AllFinite(nan));
        Assert.False(Backend.AllFinite(infinite));
    }

    [ContractFact]
    public void Values_AfterDispose_AreRefused()
    {
        Tensor x = Backend.Fill([2], 1);
        Tensor shared = Backend.Reshape(x, [2, 1]);
        x.Dispose();
        x.Dispose();
        float[] values = new float[2];
        Assert.Throws<ObjectDisposedException>(() => Backend.Read(x, values));
        Backend.Read(shared, values);
        Assert.Equal([1f, 1f], values);
        shared.Dispose();
    }

    [ContractFact]
    public void Operation_OnATensorOfAnotherBackend_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Backend.Affine(new Float64Backend().Fill([1], 1), 1, 0));
}
