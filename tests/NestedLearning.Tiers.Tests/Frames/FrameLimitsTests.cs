using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests;

public class FrameLimitsTests
{
    private static readonly byte[] Bytes = FrameCodec.Encode(
        Frames.With(
            new DenseTensor("w", [10], new float[10]),
            new TextTensor("t", ["four"]),
            new SparseTensor("s", new SparseRows(8, [0, 1], [3], [1f]))),
        EncodingPolicy.Lossless);

    [Fact]
    public void Decode_ExactlyAtEveryLimit_IsAccepted()
    {
        FrameLimits limits = new(maxFrameBytes: Bytes.Length, maxTensors: 3, maxElements: 10, maxTextBytes: 4);

        Assert.Equal(3, FrameCodec.Decode(Bytes, limits).Tensors.Count);
    }

    [Fact]
    public void Decode_OverALimit_IsTooLargeAndNamesTheField()
    {
        FrameRefusalTests.AssertRefused(FrameProblem.TooLarge, "Length", Bytes, new(maxFrameBytes: Bytes.Length - 1));
        FrameRefusalTests.AssertRefused(FrameProblem.TooLarge, "Tensors", Bytes, new(maxTensors: 2));
        FrameRefusalTests.AssertRefused(FrameProblem.TooLarge, "w", Bytes, new(maxElements: 9));
        FrameRefusalTests.AssertRefused(FrameProblem.TooLarge, "t", Bytes, new(maxTextBytes: 3));
    }

    [Fact]
    public void FrameLimits_OutOfRange_ReportsAllViolationsAtOnce()
    {
        InvalidFrameLimitsException error = Assert.Throws<InvalidFrameLimitsException>(
            () => new FrameLimits(maxFrameBytes: 63, maxTensors: 0, maxElements: -1, maxTextBytes: 0));

        Assert.Equal(4, error.Violations.Count);
        Assert.Contains("MaxFrameBytes is 63", error.Message);
    }
}
