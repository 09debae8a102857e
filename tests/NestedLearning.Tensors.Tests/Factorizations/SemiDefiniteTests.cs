namespace NestedLearning.Tensors.Tests.Factorizations;

public class SemiDefiniteTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(true, 1f)]
    [InlineData(true, 0f)]
    [InlineData(false, -1f)]
    [InlineData(true, 4f, 2f, 1f)] // a multiple of itself: no energy left in one direction
    [InlineData(false, 4f, 2.1f, 1f)]
    [InlineData(true, 0f, 0f, 1f)]
    [InlineData(false, 0f, 0.5f, 1f)]
    [InlineData(true, 1e-8f, 1e-4f, 1.01f)] // small beside large
    [InlineData(false, 1e-8f, 1.1e-4f, 1f)]
    [InlineData(false, 1f, 0.9f, 1f, -0.9f, 0.9f, 1f)] // every pair could be, the three cannot
    [InlineData(false, float.NaN)]
    [InlineData(false, 1f, float.NaN, 1f)]
    [InlineData(false, float.PositiveInfinity)]
    public void Holds_SmallTriangle_IsWhetherSquaresCanMakeIt(bool expected, params float[] triangle)
    {
        int size = (int)Math.Sqrt(2 * triangle.Length);
        Assert.Equal(expected, SemiDefinite.Holds(triangle, size));
    }
}
