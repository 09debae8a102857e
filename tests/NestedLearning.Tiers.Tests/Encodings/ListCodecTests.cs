using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests;

/// <summary>Integers, texts and bytes: what their readers refuse in a payload written by hand.</summary>
public class ListCodecTests
{
    [Theory]
    [InlineData(2, "0002", null)]
    [InlineData(2, "00", FrameProblem.TooLarge)]
    [InlineData(2, "000200", FrameProblem.TrailingBytes)]
    [InlineData(2, "0080", FrameProblem.BadVarint)]
    [InlineData(2, "00ffffffffffffffffff7f", FrameProblem.BadVarint)]
    public void Integers_ByHand_NamesTheProblem(int count, string payload, FrameProblem? problem) =>
        AssertProblem(new IntegerCodec(), count, payload, problem);

    [Theory]
    [InlineData(2, "0161" + "02c3a9", null)]
    [InlineData(2, "0161", FrameProblem.BadVarint)]
    [InlineData(2, "0161" + "02c3", FrameProblem.Truncated)]
    [InlineData(2, "0161" + "02c328", FrameProblem.BadText)]
    [InlineData(1, "03eda080", FrameProblem.BadText)] // half a surrogate pair
    [InlineData(1, "02c080", FrameProblem.BadText)] // NUL in two bytes
    [InlineData(1, "ffffffffffffffffff01", FrameProblem.TooLarge)]
    [InlineData(1, "016161", FrameProblem.TrailingBytes)]
    public void Texts_ByHand_NamesTheProblem(int count, string payload, FrameProblem? problem) =>
        AssertProblem(new TextCodec(), count, payload, problem);

    [Theory]
    [InlineData(2, "0102", null)]
    [InlineData(3, "0102", FrameProblem.TooLarge)]
    [InlineData(1, "0102", FrameProblem.TrailingBytes)]
    public void Bytes_ByHand_NamesTheProblem(int count, string payload, FrameProblem? problem) =>
        AssertProblem(new BytesCodec(), count, payload, problem);

    [Fact]
    public void Integers_ExtremesNextToEachOther_ComeBack()
    {
        long[] values = [long.MinValue, long.MaxValue, 0, -1, long.MinValue];
        byte[] bytes = FrameCodec.Encode(Frames.With(new IntegerTensor("ids", values)), EncodingPolicy.Lossless);

        Assert.Equal(values, FrameCodec.Decode(bytes, FrameLimits.Default).Tensors.Get<IntegerTensor>("ids").Values.ToArray());
    }

    private static void AssertProblem(TensorCodec codec, int count, string payload, FrameProblem? problem)
    {
        byte[] bytes = Convert.FromHexString(payload);
        TensorEntry entry = new("list", default, [count], 0, bytes.Length);

        FrameException? error = FrameAssert.Refusal(() => codec.Decode(entry, bytes, FrameLimits.Default));

        Assert.Equal(problem, error?.Problem);
    }
}
