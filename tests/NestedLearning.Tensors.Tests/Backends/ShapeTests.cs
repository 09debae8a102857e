namespace NestedLearning.Tensors.Tests.Backends;

public sealed class ShapeTests
{
    [Fact]
    public void Create_FromACollection_KnowsItsElements()
    {
        Shape shape = [2, 3, 4];
        Assert.Equal((3, 24, 4, "[2, 3, 4]"), (shape.Rank, shape.ElementCount, shape[^1], shape.ToString()));
        Assert.Equal([2, 3, 4], shape);
        Assert.Equal((0, 1, "[]"), (Shape.Scalar.Rank, Shape.Scalar.ElementCount, Shape.Scalar.ToString()));
    }

    [Fact]
    public void Equals_SameSizes_IsTrue()
    {
        Shape shape = [2, 3];
        Shape same = [2, 3];
        Shape other = [3, 2];
        Assert.Equal(shape, same);
        Assert.Equal(shape.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(shape, other);
        Assert.False(shape.Equals(null));
    }

    [Theory]
    [InlineData(-1, 3)]
    [InlineData(1 << 16, 1 << 15)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void Create_NegativeOrTooMany_IsRefused(int rows, int columns)
    {
        var error = Assert.Throws<ShapeException>(() => Shape.Create([rows, columns]));
        Assert.Contains($"[{rows}, {columns}]", error.Message);
    }

    [Fact]
    public void Create_HugeButEmpty_IsAccepted() => Assert.Equal(0, Shape.Create([int.MaxValue, int.MaxValue, 0]).ElementCount);
}
