namespace NestedLearning.Tensors.Tests.Backends;

public sealed class ShapeRulesTests
{
    private static readonly ManagedBackend Backend = new();

    public static TheoryData<string, string> Refusals => new()
    {
        { "Add: y has shape [3], expected a shape that broadcasts with [2, 4].", "Add" },
        { "Where: y has shape [3, 2], expected a shape that broadcasts with [2, 2].", "Where" },
        { "Broadcast: x has shape [2, 3], expected a shape that broadcasts to [3].", "Broadcast" },
        { "MatrixMultiply: x has shape [3], expected 2 or more axes.", "Product of a vector" },
        { "MatrixMultiply: y has shape [4, 5], expected [..., 3, n], whose outer axes broadcast, to follow x [2, 3].", "Product" },
        {
            "MatrixMultiply: y has shape [4, 5], expected [..., n, 2], whose outer axes broadcast, to follow transposed x [2, 3].",
            "Transposed product"
        },
        { "Sum: x has shape [2, 3], expected a shape that has an axis 2.", "Sum" },
        { "Sum: x has shape [2, 3], expected every axis at most once, not -1 twice.", "Sum twice" },
        { "Max: x has shape [2, 0], expected 1 or more elements along axis 1.", "Max of nothing" },
        { "Softmax: x has shape [], expected 1 or more axes.", "Softmax of a number" },
        { "GatherRows: x has shape [], expected 1 or more axes.", "Rows of a number" },
        { "ScatterAddRows: values has shape [2, 3], expected [1, ...].", "Scatter" },
        { "Convolve: taps has shape [4, 2], expected [count, 3].", "Convolve" },
        { "ConvolutionTaps: y has shape [2, 3], expected [5, 3].", "Taps" },
        { "Reshape: x has shape [2, 3], expected 5 elements for [5].", "Reshape" },
        { "Permute: x has shape [2, 3], expected a shape whose axes are each named once in [0, 0].", "Permute" },
        { "Slice: x has shape [2, 3], expected a shape that has elements 2 to 4 along axis 1.", "Slice" },
        { "Concatenate: part 1 has shape [2, 4], expected [2, 3] but for the size of axis 0.", "Concatenate" },
        { "Concatenate: parts has shape no tensors, expected 1 or more.", "Concatenate nothing" },
        { "Create: values has shape [3], expected [4] for [2, 2].", "Create" },
        { "Read: values has shape [3], expected [6] for [2, 3].", "Read" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Operation_ShapesThatDoNotFit_AreNamed(string message, string operation)
    {
        Tensor x = Backend.Fill([2, 3], 1);
        Tensor number = Backend.Fill([], 1);
        Func<Tensor> action = operation switch
        {
            "Add" => () => Backend.Apply(BinaryOperation.Add, Backend.Fill([2, 4], 1), Backend.Fill([3], 1)),
            "Where" => () => Backend.Where(number, Backend.Fill([2, 2], 1), Backend.Fill([3, 2], 1)),
            "Broadcast" => () => Backend.Broadcast(x, [3]),
            "Product of a vector" => () => Backend.MatrixMultiply(Backend.Fill([3], 1), x, false, false),
            "Product" => () => Backend.MatrixMultiply(x, Backend.Fill([4, 5], 1), false, false),
            "Transposed product" => () => Backend.MatrixMultiply(x, Backend.Fill([4, 5], 1), true, true),
            "Sum" => () => Backend.Reduce(Reduction.Sum, x, [2]),
            "Sum twice" => () => Backend.Reduce(Reduction.Sum, x, [1, -1]),
            "Max of nothing" => () => Backend.Reduce(Reduction.Max, Backend.Fill([2, 0], 1), [1]),
            "Softmax of a number" => () => Backend.Softmax(number),
            "Rows of a number" => () => Backend.GatherRows(number, [0]),
            "Scatter" => () => Backend.ScatterAddRows(x, [0], 3),
            "Convolve" => () => Backend.Convolve(x, Backend.Fill([4, 2], 1), false),
            "Taps" => () => Backend.ConvolutionTaps(Backend.Fill([5, 3], 1), x, 2),
            "Reshape" => () => Backend.Reshape(x, [5]),
            "Permute" => () => Backend.Permute(x, [0, 0]),
            "Slice" => () => Backend.Slice(x, 1, 2, 2),
            "Concatenate" => () => Backend.Concatenate([x, Backend.Fill([2, 4], 1)], 0),
            "Concatenate nothing" => () => Backend.Concatenate([], 0),
            "Create" => () => Backend.Create([2, 2], [1, 2, 3]),
            "Read" => () => ReadThree(x),
            _ => throw new ArgumentOutOfRangeException(nameof(operation)),
        };
        Assert.Equal(message, Assert.Throws<ShapeException>(action).Message);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void Rows_OutsideTheTable_AreRefused(int row)
    {
        Tensor x = Backend.Fill([2, 3], 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => Backend.GatherRows(x, [0, row]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Backend.ScatterAddRows(x, [0, row], 2));
    }

    private static Tensor ReadThree(Tensor x)
    {
        Backend.Read(x, new float[3]);
        return x;
    }
}
