namespace NestedLearning.Tensors;

/// <content>The Cholesky factorization.</content>
public static partial class Float64
{
    private const int PanelColumns = 64;

    /// <summary>
    /// Replaces the lower triangle of <paramref name="a"/> [n, n] by the L of <c>A = L Lᵀ</c>; what is above the diagonal is
    /// neither read nor written.
    /// </summary>
    /// <exception cref="NotPositiveDefiniteException">A pivot is not a positive finite number.</exception>
    /// <exception cref="ShapeException">The array's length is not n * n.</exception>
    public static void CholeskyFactor(double[] a, int n)
    {
        ShapeGuard.RequireLength(nameof(CholeskyFactor), nameof(a), a.Length, checked(n * n));
        double[] panel = new double[n * PanelColumns];
        for (int start = 0; start < n; start += PanelColumns)
        {
            int end = Math.Min(n, start + PanelColumns);
            for (int row = start; row < n; row++)
            {
                FactorRow(a, n, start, Math.Min(end, row + 1), row);
            }

            for (int row = end; row < n; row++)
            {
                a.AsSpan((row * n) + start, PanelColumns).CopyTo(panel.AsSpan((row - end) * PanelColumns));
            }

            SubtractPanel(a, n, end, panel);
        }
    }

    /// <summary>Columns [start, end) of one row of L; what the columns before them explain is already subtracted.</summary>
    private static void FactorRow(double[] a, int n, int start, int end, int row)
    {
        Span<double> values = a.AsSpan((row * n) + start, end - start);
        for (int column = 0; column < values.Length; column++)
        {
            ReadOnlySpan<double> other = a.AsSpan(((start + column) * n) + start, column + 1);
            double rest = values[column] - Dot(values[..column], other[..column]);
            if (start + column != row)
            {
                values[column] = rest / other[column];
            }
            else if (rest > 0 && double.IsFinite(rest))
            {
                values[column] = Math.Sqrt(rest);
            }
            else
            {
                throw new NotPositiveDefiniteException(row, rest);
            }
        }
    }

    /// <summary>
    /// Subtracts P Pᵀ from the lower triangle that starts at [first, first], for the panel P [n - first, 64]. As many
    /// columns as there are in a panel are done for all rows, so that their part of P stays in the cache.
    /// </summary>
    private static void SubtractPanel(double[] a, int n, int first, double[] panel)
    {
        for (int left = first; left < n; left += PanelColumns)
        {
            for (int row = left; row < n; row++)
            {
                int columns = Math.Min(PanelColumns, row - left + 1);
                SubtractDots(
                    panel.AsSpan((row - first) * PanelColumns, PanelColumns),
                    panel.AsSpan((left - first) * PanelColumns, columns * PanelColumns),
                    a.AsSpan((row * n) + left, columns));
            }
        }
    }
}
