using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NestedLearning.Tensors;

/// <content>The Cholesky factorization and the solve with it.</content>
public static partial class Float64
{
    private const int BlockColumns = 64;

    /// <summary>
    /// Replaces the lower triangle of <paramref name="a"/> [n, n] by the L of <c>A = L Lᵀ</c>; what is above the diagonal is
    /// neither read nor written.
    /// </summary>
    /// <exception cref="NotPositiveDefiniteException">A pivot is not a positive finite number.</exception>
    /// <exception cref="ShapeException">The array's length is not n * n.</exception>
    public static void CholeskyFactor(double[] a, int n)
    {
        ShapeGuard.RequireLength(nameof(CholeskyFactor), nameof(a), a.Length, checked(n * n));
        for (int start = 0; start < n; start += BlockColumns)
        {
            int width = Math.Min(BlockColumns, n - start);
            for (int row = start; row < n; row++)
            {
                FactorRow(a, n, start, width, row);
            }

            for (int row = start + width; row < n; row++)
            {
                UpdateRow(a, n, start, row);
            }
        }
    }

    /// <summary>
    /// Solves <c>L Lᵀ X = B</c> in place: <paramref name="factor"/> [n, n] is what <see cref="CholeskyFactor"/> left,
    /// <paramref name="b"/> [n, m] holds B and then X.
    /// </summary>
    /// <exception cref="ShapeException">An array's length is not that of its shape.</exception>
    public static void CholeskySolve(double[] factor, double[] b, int n, int m)
    {
        ShapeGuard.RequireLength(nameof(CholeskySolve), nameof(factor), factor.Length, checked(n * n));
        ShapeGuard.RequireLength(nameof(CholeskySolve), nameof(b), b.Length, checked(n * m));
        for (int row = 0; row < n; row++)
        {
            Span<double> target = b.AsSpan(row * m, m);
            for (int p = 0; p < row; p++)
            {
                Subtract(factor[(row * n) + p], b.AsSpan(p * m, m), target);
            }

            Divide(target, factor[(row * n) + row]);
        }

        for (int row = n - 1; row >= 0; row--)
        {
            Span<double> solved = b.AsSpan(row * m, m);
            Divide(solved, factor[(row * n) + row]);
            for (int p = 0; p < row; p++)
            {
                Subtract(factor[(row * n) + p], solved, b.AsSpan(p * m, m));
            }
        }
    }
    /// <summary>The columns [start, start + width) of one row of L; the columns before them are already subtracted.</summary>
    private static void FactorRow(double[] a, int n, int start, int width, int row)
    {
        Span<double> values = a.AsSpan((row * n) + start, Math.Min(width, row - start + 1));
        for (int column = 0; column < values.Length; column++)
        {
            ReadOnlySpan<double> other = a.AsSpan(((start + column) * n) + start, column + 1);
            double rest = values[column];
            for (int p = 0; p < column; p++)
            {
                rest -= values[p] * other[p];
            }

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

    /// <summary>Subtracts the panel's product with itself from one row of the rest. Rows below a panel mean it is full.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void UpdateRow(double[] a, int n, int start, int row)
    {
        ref double x = ref a[(row * n) + start];
        int column = start + BlockColumns;
        for (; column <= row - 3; column += 4)
        {
            ref double y = ref a[(column * n) + start];
            Vector256<double> s0 = default, s1 = default, s2 = default, s3 = default;
            for (int p = 0; p < BlockColumns; p += Vector256<double>.Count)
            {
                Vector256<double> u = Load(ref x, p);
                s0 = Vector256.MultiplyAddEstimate(u, Load(ref y, p), s0);
                s1 = Vector256.MultiplyAddEstimate(u, Load(ref y, p + n), s1);
                s2 = Vector256.MultiplyAddEstimate(u, Load(ref y, p + (2 * n)), s2);
                s3 = Vector256.MultiplyAddEstimate(u, Load(ref y, p + (3 * n)), s3);
            }

            Span<double> target = a.AsSpan((row * n) + column, 4);
            target[0] -= Vector256.Sum(s0);
            target[1] -= Vector256.Sum(s1);
            target[2] -= Vector256.Sum(s2);
            target[3] -= Vector256.Sum(s3);
        }

        for (; column <= row; column++)
        {
            a[(row * n) + column] -= Dot(ref x, ref a[(column * n) + start]);
        }
    }

    private static double Dot(ref double x, ref double y)
    {
        Vector256<double> sum = default;
        for (int p = 0; p < BlockColumns; p += Vector256<double>.Count)
        {
            sum = Vector256.MultiplyAddEstimate(Load(ref x, p), Load(ref y, p), sum);
        }

        return Vector256.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Load(ref double start, int index) => Vector256.LoadUnsafe(ref start, (nuint)index);

    private static void Subtract(double factor, ReadOnlySpan<double> source, Span<double> target)
    {
        var factors = new Vector<double>(factor);
        int i = 0;
        for (; i <= target.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector<double> rest = new Vector<double>(target[i..]) - (factors * new Vector<double>(source[i..]));
            rest.CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] -= factor * source[i];
        }
    }

    private static void Divide(Span<double> values, double divisor)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] /= divisor;
        }
    }
}
