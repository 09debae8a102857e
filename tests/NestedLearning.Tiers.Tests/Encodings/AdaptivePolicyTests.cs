using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests;

public class AdaptivePolicyTests
{
    private static readonly AdaptivePolicy Policy = new(
        [
            new EncodingRule(TensorEncoding.BFloat16, Role: "embedding"),
            new EncodingRule(TensorEncoding.LowRankInt8, Kept: 4, MinElements: 10_000),
            new EncodingRule(TensorEncoding.TopKInt8, Kept: 64, MinElements: 1000),
        ],
        new EncodingPolicy { Sparse = FloatEncoding.Int8 });

    [Theory]
    [InlineData("embedding", TensorEncoding.BFloat16, 100, 100)] // the first rule that fits decides
    [InlineData("blocks/3/embedding", TensorEncoding.BFloat16, 2)]
    [InlineData("blocks/3/embeddings", TensorEncoding.Float32, 2)]
    [InlineData("w", TensorEncoding.LowRankInt8, 100, 100)]
    [InlineData("w", TensorEncoding.LowRankInt8, 100, 10, 10)]
    [InlineData("w", TensorEncoding.TopKInt8, 10_000)] // a vector has no rank
    [InlineData("w", TensorEncoding.TopKInt8, 4, 2500)] // its factors would be longer
    [InlineData("w", TensorEncoding.TopKInt8, 10, 100)]
    [InlineData("w", TensorEncoding.Float32, 10, 99)]
    [InlineData("w", TensorEncoding.Float32, 0, 10)]
    [InlineData("w", TensorEncoding.Float32)]
    public void Choose_DenseTensor_GoesByRoleThenSize(string name, TensorEncoding expected, params int[] shape) =>
        Assert.Equal(expected, Policy.Choose(new DenseTensor(name, shape, new float[shape.Aggregate(1, (product, side) => product * side)])).Encoding);

    [Fact]
    public void Choose_OtherKinds_GoesByTheirOwnPolicy()
    {
        Assert.Equal(TensorEncoding.SparseInt8, Policy.Choose(new SparseTensor("k", new SparseRows(1, [0], [], []))).Encoding);
        Assert.Equal(TensorEncoding.Integers, Policy.Choose(new IntegerTensor("n", new long[5])).Encoding);
    }
}
