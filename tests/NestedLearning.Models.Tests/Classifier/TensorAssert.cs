using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Classifier;

/// <summary>Comparing sets of tensors to the bit.</summary>
internal static class TensorAssert
{
    public static void AssertSame(TensorSet expected, TensorSet actual)
    {
        Assert.Equal(expected.Select(tensor => tensor.Name), actual.Select(tensor => tensor.Name));
        foreach ((NamedTensor one, NamedTensor other) in expected.Zip(actual))
        {
            Assert.Equal(Values(one), Values(other));
        }
    }

    private static object[] Values(NamedTensor tensor) => tensor switch
    {
        DenseTensor dense => [.. dense.Values.ToArray().Select(BitConverter.SingleToInt32Bits).Cast<object>()],
        DoubleTensor dense => [.. dense.Values.ToArray().Select(BitConverter.DoubleToInt64Bits).Cast<object>()],
        IntegerTensor integers => [.. integers.Values.ToArray().Cast<object>()],
        TextTensor texts => [.. texts.Texts],
        SparseTensor sparse => [sparse.Rows.Columns, .. sparse.Rows.RowStarts.Cast<object>(), .. sparse.Rows.Indices.Cast<object>(), .. sparse.Rows.Values.Cast<object>()],
        _ => throw new ArgumentException(tensor.Name),
    };
}
