using System.Buffers.Binary;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests;

/// <summary>Every reason for which a reader refuses bytes, each with the field it names.</summary>
public class FrameRefusalTests
{
    private const int IdsOffset = 48;

    // Model "clinc150", level "slow", source "worker-3".
    private const int DirectoryOffset = IdsOffset + 9 + 5 + 9;

    [Theory]
    [InlineData(0, 0x00, FrameProblem.BadMagic, "Magic")]
    [InlineData(4, 0x02, FrameProblem.UnknownVersion, "Version")]
    [InlineData(6, 0x00, FrameProblem.UnknownKind, "Kind")]
    [InlineData(7, 0x03, FrameProblem.UnknownKind, "UpdateKind")]
    [InlineData(23, 0x80, FrameProblem.BadValue, "Sequence")]
    [InlineData(31, 0x80, FrameProblem.BadValue, "BaseVersion")]
    [InlineData(39, 0x80, FrameProblem.BadValue, "Events")]
    [InlineData(43, 0x80, FrameProblem.BadValue, "Shard")]
    [InlineData(44, 0x03, FrameProblem.BadName, "Tensors")]
    [InlineData(47, 0x7F, FrameProblem.TooLarge, "Tensors")]
    [InlineData(IdsOffset + 1, (byte)'C', FrameProblem.BadId, "Model")]
    [InlineData(IdsOffset + 10, (byte)'/', FrameProblem.BadId, "Level")]
    [InlineData(IdsOffset + 15, 0xE9, FrameProblem.BadId, "Source")]
    [InlineData(DirectoryOffset, 0x00, FrameProblem.BadName, "Tensors")]
    [InlineData(DirectoryOffset + 1, (byte)'A', FrameProblem.BadName, "Tensors")]
    [InlineData(DirectoryOffset + 2, 0xFF, FrameProblem.UnknownEncoding, "w")]
    [InlineData(DirectoryOffset + 2, (byte)TensorEncoding.Float64, FrameProblem.TooLarge, "w")]
    [InlineData(DirectoryOffset + 2, (byte)TensorEncoding.BFloat16, FrameProblem.TrailingBytes, "w")]
    [InlineData(DirectoryOffset + 3, 0x09, FrameProblem.BadShape, "w")]
    [InlineData(DirectoryOffset + 7, 0x80, FrameProblem.BadShape, "w")]
    [InlineData(DirectoryOffset + 7, 0x7F, FrameProblem.TooLarge, "w")]
    [InlineData(DirectoryOffset + 8, 0x40, FrameProblem.BadLayout, "w")]
    [InlineData(DirectoryOffset + 16, 0xF0, FrameProblem.BadLayout, "w")]
    [InlineData(DirectoryOffset + 23, 0x80, FrameProblem.BadLayout, "w")]
    [InlineData(127, 0x01, FrameProblem.BadLayout, "w")]
    [InlineData(131, 0x7F, FrameProblem.NotFinite, "w")]
    [InlineData(131, 0x40, null, "")]
    public void Decode_OneByteForged_NamesProblemAndField(int offset, byte value, FrameProblem? problem, string field)
    {
        byte[] bytes = FrameCodec.Encode(TwoTensors(), EncodingPolicy.Lossless);
        bytes[offset] = value;

        AssertRefused(problem, field, FrameBytes.Forge(bytes));
    }

    [Theory]
    [InlineData("78", 1, FrameProblem.BadChecksum, "Checksum")]
    [InlineData("", 0, FrameProblem.Truncated, "Length")]
    [InlineData("78", 0, FrameProblem.TrailingBytes, "Length")]
    public void Decode_WithoutForging_ChecksLengthThenChecksum(string appended, int dropped, FrameProblem problem, string field)
    {
        byte[] bytes = FrameCodec.Encode(TwoTensors(), EncodingPolicy.Lossless);
        byte[] kept = appended.Length == 0 ? bytes[..^1] : bytes[..^dropped];

        AssertRefused(problem, field, [.. kept, .. Convert.FromHexString(appended)]);
    }

    [Fact]
    public void Decode_EveryPrefix_IsRefused()
    {
        byte[] bytes = FrameCodec.Encode(TwoTensors(), EncodingPolicy.Lossless);
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<FrameException>(() => FrameCodec.Decode(bytes.AsMemory(0, length), FrameLimits.Default));
            Assert.Throws<FrameException>(() => FrameCodec.Decode(FrameBytes.Forge(bytes[..length]), FrameLimits.Default));
        }
    }

    [Fact]
    public void Decode_ZerosBeforeTheChecksum_AreTrailingBytes()
    {
        byte[] bytes = FrameCodec.Encode(TwoTensors(), EncodingPolicy.Lossless);

        AssertRefused(FrameProblem.TrailingBytes, "Length", FrameBytes.Forge([.. bytes, 0, 0, 0, 0]));
    }

    [Fact]
    public void Decode_NameTwice_IsBadName()
    {
        byte[] bytes = FrameCodec.Encode(TwoTensors(), EncodingPolicy.Lossless);
        int second = DirectoryOffset + 24;
        Assert.Equal((byte)'x', bytes[second + 1]);
        bytes[second + 1] = (byte)'w';

        AssertRefused(FrameProblem.BadName, "w", FrameBytes.Forge(bytes));
    }

    [Fact]
    public void Decode_TinyFrameThatClaims2To40Elements_IsTooLargeAndAllocatesLittle()
    {
        byte[] bytes = FrameCodec.Encode(
            Frames.With(new DenseTensor("w", [1, 1], new float[1])), EncodingPolicy.Lossless);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(DirectoryOffset + 4), 1 << 20);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(DirectoryOffset + 8), 1 << 20);
        FrameBytes.Forge(bytes);
        AssertRefused(FrameProblem.TooLarge, "w", bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();

        AssertRefused(FrameProblem.TooLarge, "w", bytes);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 65_536);
    }

    internal static void AssertRefused(FrameProblem? problem, string field, byte[] bytes, FrameLimits? limits = null)
    {
        FrameException? error = FrameAssert.Refusal(() => FrameCodec.Decode(bytes, limits ?? FrameLimits.Default));
        Assert.Equal(problem, error?.Problem);
        Assert.Equal(field, error?.Field ?? "");
    }

    /// <summary>"w" has its payload of 16 bytes at 128, "x" of 2 bytes at 192.</summary>
    private static Frame TwoTensors() => Frames.With(
        new DenseTensor("w", [4], new[] { 1f, 2f, 3f, 4f }), new BytesTensor("x", new byte[] { 7, 8 }));
}
