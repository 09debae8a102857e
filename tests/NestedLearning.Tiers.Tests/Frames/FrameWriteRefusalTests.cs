using System.Buffers;
using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests;

/// <summary>What a writer refuses, with the same errors as a reader.</summary>
public class FrameWriteRefusalTests
{
    public static TheoryData<float, FloatEncoding, int> NotFinite()
    {
        TheoryData<float, FloatEncoding, int> data = [];
        foreach (float value in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            foreach (FloatEncoding encoding in Enum.GetValues<FloatEncoding>())
            {
                data.Add(value, encoding, 0);
                data.Add(value, encoding, 149);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(NotFinite))]
    public void Encode_NotFinite_NamesTheTensor(float value, FloatEncoding encoding, int position)
    {
        float[] values = new float[150];
        values[position] = value;
        ushort[] positions = [.. Enumerable.Range(0, 150).Select(i => (ushort)i)];
        EncodingPolicy policy = new() { Dense = encoding, Sparse = encoding };

        AssertRefused(FrameProblem.NotFinite, "a/b", new DenseTensor("a/b", [150], values), policy);
        AssertRefused(FrameProblem.NotFinite, "a/b", new SparseTensor("a/b", new SparseRows(150, [0, 150], positions, values)), policy);
        AssertRefused(FrameProblem.NotFinite, "a/b", new DoubleTensor("a/b", [150], values.Select(v => (double)v).ToArray()), policy);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Upper")]
    [InlineData("under_score")]
    [InlineData("ümlaut")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void Encode_BadlyNamedTensor_IsRefused(string name) =>
        AssertRefused(FrameProblem.BadName, "Tensors", new BytesTensor(name, ReadOnlyMemory<byte>.Empty), EncodingPolicy.Lossless);

    [Fact]
    public void Encode_ShapeThatDoesNotFit_IsRefused()
    {
        AssertRefused(FrameProblem.BadShape, "w", new DenseTensor("w", [2, 3], new float[5]), EncodingPolicy.Lossless);
        AssertRefused(FrameProblem.BadShape, "w", new DenseTensor("w", [-1, -5], new float[5]), EncodingPolicy.Lossless);
        AssertRefused(FrameProblem.BadShape, "w", new DoubleTensor("w", [1, 1, 1, 1, 1, 1, 1, 1, 1], new double[1]), EncodingPolicy.Lossless);
        AssertRefused(FrameProblem.BadShape, "w", new DenseTensor("w", [1 << 30, 1 << 30, 1 << 30], new float[1]), EncodingPolicy.Lossless);
    }

    [Fact]
    public void Encode_HalfASurrogatePair_IsBadText() =>
        AssertRefused(FrameProblem.BadText, "t", new TextTensor("t", ["ok", "\ud83d"]), EncodingPolicy.Lossless);

    [Fact]
    public void Encode_EncodingOfAnotherKind_IsRefused() =>
        AssertRefused(FrameProblem.UnknownEncoding, "w", new DoubleTensor("w", [1], new double[1]), new Always(TensorEncoding.Int8));

    [Fact]
    public void Encode_UnknownEncoding_IsRefused() =>
        AssertRefused(FrameProblem.UnknownEncoding, "w", new DenseTensor("w", [1], new float[1]), new Always(0));

    [Fact]
    public void Encode_HeaderOutOfRange_NamesTheField()
    {
        AssertHeaderRefused(FrameProblem.UnknownKind, "Kind", Frames.UpdateHeader with { Kind = 0 });
        AssertHeaderRefused(FrameProblem.UnknownKind, "UpdateKind", Frames.UpdateHeader with { UpdateKind = (UpdateKind)9 });
        AssertHeaderRefused(FrameProblem.BadId, "Model", Frames.UpdateHeader with { Model = default });
        AssertHeaderRefused(FrameProblem.BadId, "Level", Frames.UpdateHeader with { Level = null });
        AssertHeaderRefused(FrameProblem.BadId, "Source", Frames.UpdateHeader with { Source = default(SourceId) });
        AssertHeaderRefused(FrameProblem.BadValue, "Shard", Frames.UpdateHeader with { Shard = -1 });
        AssertHeaderRefused(FrameProblem.BadValue, "Sequence", Frames.UpdateHeader with { Sequence = -1 });
        AssertHeaderRefused(FrameProblem.BadValue, "BaseVersion", Frames.UpdateHeader with { BaseVersion = -1 });
        AssertHeaderRefused(FrameProblem.BadValue, "Events", Frames.UpdateHeader with { Events = -1 });
    }

    [Fact]
    public void Encode_ToABufferAndRefused_AppendsNothing()
    {
        ArrayBufferWriter<byte> buffer = new();
        Frame frame = Frames.With(new DenseTensor("w", [1], new[] { float.NaN }));

        Assert.Throws<FrameException>(() => FrameCodec.Encode(frame, EncodingPolicy.Lossless, buffer));

        Assert.Equal(0, buffer.WrittenCount);
    }

    private static void AssertRefused(FrameProblem problem, string field, NamedTensor tensor, IEncodingPolicy policy)
    {
        FrameException error = Assert.Throws<FrameException>(() => FrameCodec.Encode(Frames.With(tensor), policy));
        Assert.Equal((problem, field), (error.Problem, error.Field));
    }

    private static void AssertHeaderRefused(FrameProblem problem, string field, FrameHeader header)
    {
        Frame frame = new(header, new TensorSet());
        FrameException error = Assert.Throws<FrameException>(() => FrameCodec.Encode(frame, EncodingPolicy.Lossless));
        Assert.Equal((problem, field), (error.Problem, error.Field));
    }

    private sealed record Always(TensorEncoding Encoding) : IEncodingPolicy
    {
        public EncodingChoice Choose(NamedTensor tensor) => Encoding;
    }
}
