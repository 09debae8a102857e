namespace NestedLearning.Tensors.Tests;

public sealed class TriangularTests
{
    public static TheoryData<int, int> Shapes => new()
    {
        { 0, 3 }, { 3, 0 }, { 1, 1 }, { 5, 1 }, { 33, 16 }, { 63, 17 }, { 64, 5 }, { 65, 40 }, { 130, 33 }, { 300, 150 },
        { 40, 192 }, { 130, 193 }, { 200, 401 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void SolveLower_ProductOfKnownSolution_FindsIt(int n, int m) => Check(n, m, transposed: false);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void SolveLowerTransposed_ProductOfKnownSolution_FindsIt(int n, int m) => Check(n, m, transposed: true);

    [Theory]
    [InlineData(101, false)]
    [InlineData(101, true)]
    [InlineData(250, false)]
    [InlineData(250, true)]
    public void Solve_MoreThreads_GivesTheSameBits(int columns, bool transposed)
    {
        MatrixView l = Factor(new Random(1), 260);
        Matrix one = new(260, columns, Samples.Values(new Random(2), 260 * columns));
        Matrix many = one.Clone();
        Solve(l, one.View, transposed, 1);
        Solve(l, many.View, transposed, 3);
        Assert.Equal(one.Values, many.Values);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(250)]
    public void Solve_WarmThread_AllocatesNothing(int columns)
    {
        MatrixView l = Factor(new Random(3), 200);
        MatrixView b = Samples.Strided(new Random(4), 200, columns, 0);
        Solve(l, b, transposed: false, 1);
        Solve(l, b, transposed: true, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Solve(l, b, transposed: false, 1);
        Solve(l, b, transposed: true, 1);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void SolveLower_WrongShapes_NameTheOperand()
    {
        Assert.Equal(
            "l", Assert.Throws<ShapeException>(() => Triangular.SolveLower(new Matrix(2, 3).View, new Matrix(2, 1).View)).Operand);
        Assert.Equal(
            "b", Assert.Throws<ShapeException>(() => Triangular.SolveLower(new Matrix(2, 2).View, new Matrix(3, 1).View)).Operand);
    }

    [Fact]
    public void SolveLower_NoThreads_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => Triangular.SolveLower(new Matrix(1, 1).View, new Matrix(1, 1).View, threads: 0));

    private static void Check(int n, int m, bool transposed)
    {
        var random = new Random(n + m);
        MatrixView l = Factor(random, n);
        double[] triangle = Samples.ToFloat64(l, transposed);
        for (int i = 0; i < triangle.Length; i++)
        {
            triangle[i] = (transposed ? i % n >= i / n : i % n <= i / n) ? triangle[i] : 0;
        }

        MatrixView solution = Samples.Strided(random, n, m, 0);
        double[] expected = Samples.ToFloat64(solution);
        double[] product = Float64.Multiply(triangle, expected, n, n, m);
        MatrixView b = Samples.Strided(random, n, m, 3);
        for (int row = 0; row < n; row++)
        {
            for (int column = 0; column < m; column++)
            {
                b.Row(row)[column] = (float)product[(row * m) + column];
            }
        }

        Solve(l, b, transposed, 1 + random.Next(2));
        Samples.AssertClose(expected, b, 1e-4);
    }

    /// <summary>A well-conditioned triangle with NaN above the diagonal, which no solve may read.</summary>
    private static MatrixView Factor(Random random, int n)
    {
        MatrixView l = Samples.Strided(random, n, n, 2);
        for (int row = 0; row < n; row++)
        {
            Vectors.Scale(1f / n, l.Row(row));
            l.Row(row)[row] = 1 + random.NextSingle();
            l.Row(row)[(row + 1)..].Fill(float.NaN);
        }

        return l;
    }

    private static void Solve(MatrixView l, MatrixView b, bool transposed, int threads)
    {
        if (transposed)
        {
            Triangular.SolveLowerTransposed(l, b, threads);
        }
        else
        {
            Triangular.SolveLower(l, b, threads);
        }
    }
}
