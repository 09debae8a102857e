namespace NestedLearning.Tensors.Tests;

public sealed class CholeskyTests
{
    public static TheoryData<int> Sizes => [0, 1, 2, 3, 5, 8, 17, 31, 32, 33, 63, 64, 65, 96, 97, 127, 129, 200, 255, 257, 300];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Factor_PositiveDefinite_MatchesFloat64AndSparesTheUpperTriangle(int n)
    {
        var random = new Random(n);
        double[] expected = Samples.PositiveDefinite(random, n);
        MatrixView a = Lower(expected, n, gap: 3);
        Float64.CholeskyFactor(expected, n);
        Cholesky.Factor(a, threads: 1 + (n % 2));
        for (int row = 0; row < n; row++)
        {
            for (int column = 0; column < n; column++)
            {
                float actual = a.Row(row)[column];
                Assert.True(column > row
                    ? float.IsNaN(actual)
                    : Math.Abs(actual - expected[(row * n) + column]) < 1e-5, $"element [{row}, {column}]");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Solve_KnownSolution_FindsIt(int n)
    {
        const int Columns = 7;
        var random = new Random(n);
        double[] matrix = Samples.PositiveDefinite(random, n);
        double[] solution = Array.ConvertAll(Samples.Values(random, n * Columns), value => (double)value);
        double[] product = Float64.Multiply(matrix, solution, n, n, Columns);
        var b = new Matrix(n, Columns, Array.ConvertAll(product, value => (float)value));
        MatrixView a = Lower(matrix, n, gap: 0);
        Cholesky.Factor(a);
        Cholesky.Solve(a, b.View);
        Samples.AssertClose(solution, b.View, 1e-4);
    }

    [Fact]
    public void Factor_MoreThreads_GivesTheSameBits()
    {
        double[] matrix = Samples.PositiveDefinite(new Random(1), 500);
        MatrixView one = Lower(matrix, 500, gap: 0);
        MatrixView many = Lower(matrix, 500, gap: 0);
        Cholesky.Factor(one);
        Cholesky.Factor(many, threads: 2);
        Assert.Equal(one.Values, many.Values);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(40, 0)]
    [InlineData(40, 39)]
    [InlineData(200, 100)]
    [InlineData(300, 257)]
    public void Factor_NegativePivot_NamesIndexAndValue(int n, int index)
    {
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            matrix[i * (n + 1)] = i == index ? -4 : 1;
        }

        var error = Assert.Throws<NotPositiveDefiniteException>(() => Cholesky.Factor(Lower(matrix, n, gap: 0)));
        Assert.Equal(index, error.PivotIndex);
        Assert.Equal(-4, error.PivotValue);
        Assert.Contains($"pivot {index} is -4", error.Message);
        Assert.Equal(index, Assert.Throws<NotPositiveDefiniteException>(() => Float64.CholeskyFactor(matrix, n)).PivotIndex);
    }

    [Theory]
    [InlineData(3, 1, 1)]
    [InlineData(150, 120, 7)]
    [InlineData(150, 149, 149)]
    public void Factor_NotANumber_IsRefused(int n, int row, int column)
    {
        double[] matrix = Samples.PositiveDefinite(new Random(n), n);
        matrix[(row * n) + column] = double.NaN;
        var error = Assert.Throws<NotPositiveDefiniteException>(() => Cholesky.Factor(Lower(matrix, n, gap: 0)));
        Assert.Equal(row, error.PivotIndex);
        Assert.True(double.IsNaN(error.PivotValue));
    }

    [Fact]
    public void Factor_NotSquare_Throws() => Assert.Throws<ShapeException>(() => Cholesky.Factor(new Matrix(2, 3).View));

    [Fact]
    public void Factor_NoThreads_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Cholesky.Factor(new Matrix(1, 1).View, threads: 0));

    /// <summary>The lower triangle in float32, with NaN above the diagonal, where nothing may be read.</summary>
    private static MatrixView Lower(double[] matrix, int n, int gap)
    {
        var view = new MatrixView(new float[n * (n + gap)], n, n, n + gap);
        for (int row = 0; row < n; row++)
        {
            for (int column = 0; column < n; column++)
            {
                view.Row(row)[column] = column > row ? float.NaN : (float)matrix[(row * n) + column];
            }
        }

        return view;
    }
}
