using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests;

/// <summary>Compares frames by what they hold: kinds, names, shapes, and floats to the bit.</summary>
internal static class FrameAssert
{
    public static void Equal(Frame expected, Frame actual)
    {
        Assert.Equal(expected.Header, actual.Header);
        Assert.Equal(expected.Tensors.Count, actual.Tensors.Count);
        for (int i = 0; i < expected.Tensors.Count; i++)
        {
            Equal(expected.Tensors[i], actual.Tensors[i]);
        }
    }

    /// <summary>The error with which a frame is refused, or null when it is not; any other exception fails the test.</summary>
    public static FrameException? Refusal(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (FrameException error)
        {
            return error;
        }
    }

    private static void Equal(NamedTensor expected, NamedTensor actual)
    {
        Assert.Equal(expected.Name, actual.Name);
        Assert.Equal(expected.GetType(), actual.GetType());
        switch (expected, actual)
        {
            case (DenseTensor left, DenseTensor right):
                Assert.Equal(left.Shape, right.Shape);
                SameBits(left.Values.Span, right.Values.Span);
                break;
            case (DoubleTensor left, DoubleTensor right):
                Assert.Equal(left.Shape, right.Shape);
                Assert.Equal(
                    left.Values.ToArray().Select(BitConverter.DoubleToInt64Bits),
                    right.Values.ToArray().Select(BitConverter.DoubleToInt64Bits));
                break;
            case (SparseTensor left, SparseTensor right):
                Assert.Equal(left.Rows.Columns, right.Rows.Columns);
                Assert.Equal(left.Rows.RowStarts, right.Rows.RowStarts);
                Assert.Equal(left.Rows.Indices, right.Rows.Indices);
                SameBits(left.Rows.Values, right.Rows.Values);
                break;
            case (IntegerTensor left, IntegerTensor right):
                Assert.Equal(left.Values.ToArray(), right.Values.ToArray());
                break;
            case (BytesTensor left, BytesTensor right):
                Assert.Equal(left.Bytes.ToArray(), right.Bytes.ToArray());
                break;
            case (TextTensor left, TextTensor right):
                Assert.Equal(left.Texts, right.Texts);
                break;
        }
    }

    private static void SameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(BitConverter.SingleToInt32Bits(expected[i]), BitConverter.SingleToInt32Bits(actual[i]));
        }
    }
}
