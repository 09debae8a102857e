using System.Buffers;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests;

/// <summary>Writing a tensor allocates nothing; writing a frame only its plan, whatever the size of what it carries.</summary>
public class EncodeAllocationTests
{
    private const int FrameBudget = 1024;

    public static TheoryData<TensorEncoding> All => [.. Enum.GetValues<TensorEncoding>()];

    [Theory]
    [MemberData(nameof(All))]
    public void Encode_AfterWarmUp_AllocatesNothing(TensorEncoding encoding)
    {
        NamedTensor tensor = Tensor(encoding);
        TensorCodec codec = TensorCodecs.For(new EncodingChoice(encoding, 64), "w");
        byte[] payload = new byte[codec.Size(tensor)];
        codec.Encode(tensor, payload);

        long before = GC.GetAllocatedBytesForCurrentThread();
        codec.Encode(tensor, payload);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Encode_AFrameIntoABuffer_StaysWithinItsBudget(TensorEncoding encoding)
    {
        Frame frame = Frames.With(Tensor(encoding));
        IEncodingPolicy policy = new Always(new EncodingChoice(encoding, 64));
        ArrayBufferWriter<byte> buffer = new(FrameCodec.Size(frame, policy));
        FrameCodec.Encode(frame, policy, buffer);
        buffer.ResetWrittenCount();

        long before = GC.GetAllocatedBytesForCurrentThread();
        FrameCodec.Encode(frame, policy, buffer);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, FrameBudget);
    }

    private static NamedTensor Tensor(TensorEncoding encoding)
    {
        Random random = new(81);
        float[] values = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextSingle() + 0.1f)];
        return encoding switch
        {
            TensorEncoding.Float64 => new DoubleTensor("w", [3], new double[] { 1, 2, 3 }),
            >= TensorEncoding.LowRankFloat32 and <= TensorEncoding.LowRankInt4 => new LowRankTensor("w", [50, 80], 5, values.AsMemory(0, 250), values.AsMemory(0, 400)),
            >= TensorEncoding.SparseFloat32 and <= TensorEncoding.SparseInt4 => new SparseTensor("w", Frames.RandomRows(random, 50, 4096, 100)),
            TensorEncoding.SymmetricFloat32 or TensorEncoding.SymmetricInt8 => new SymmetricTensor("w", 100, values.AsMemory(0, 5050)),
            TensorEncoding.Integers => new IntegerTensor("w", new long[] { 4, 5, 6 }),
            TensorEncoding.Bytes => new BytesTensor("w", new byte[100]),
            TensorEncoding.Texts => new TextTensor("w", new[] { "a", "b" }),
            _ => new DenseTensor("w", [100, 200], values),
        };
    }

    private sealed record Always(EncodingChoice Choice) : IEncodingPolicy
    {
        public EncodingChoice Choose(NamedTensor tensor) => Choice;
    }
}
