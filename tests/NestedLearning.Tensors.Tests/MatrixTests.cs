namespace NestedLearning.Tensors.Tests;

public sealed class MatrixTests
{
    [Theory]
    [InlineData(3, 5)]
    [InlineData(300, 301)]
    public void Clone_OfAnySize_IsIndependentAndEqual(int rows, int columns)
    {
        var matrix = new Matrix(rows, columns);
        Samples.Values(new Random(1), rows * columns).CopyTo(matrix.Values);
        Matrix copy = matrix.Clone();
        Assert.Equal(matrix.Values, copy.Values);
        copy[rows - 1, columns - 1] = 7;
        Assert.NotEqual(7, matrix.Row(rows - 1)[columns - 1]);
        Assert.Equal(7, copy.Memory.Span[^1]);
        Assert.Equal(7, copy.View.Row(rows - 1)[columns - 1]);
    }

    [Fact]
    public unsafe void Constructor_LargeMatrix_StartsWithACacheLine()
    {
        var matrix = new Matrix(200, 300);
        Assert.Equal(60_000, matrix.Values.Length);
        Assert.True(matrix.Values.IndexOfAnyExcept(0) < 0);
        fixed (float* values = matrix.Values)
        {
            Assert.Equal(0, (nint)values % 64);
        }
    }

    [Fact]
    public void Constructor_NegativeShape_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Matrix(-1, 3));
}
