using System.Numerics;
using System.Runtime.CompilerServices;

namespace NestedLearning.Tensors;

/// <summary>
/// The same operations in float64 over row-major arrays, written for plainness first: what tests compare with and what
/// a solve that must not lose digits uses.
/// </summary>
public static partial class Float64
{
    /// <summary>The product of <paramref name="a"/> [m, k] and <paramref name="b"/> [k, n], of shape [m, n].</summary>
    /// <exception cref="ShapeException">An array's length is not that of its shape.</exception>
    public static double[] Multiply(double[] a, double[] b, int m, int k, int n)
    {
        ShapeGuard.RequireLength(nameof(Float64), nameof(a), a.Length, checked(m * k));
        ShapeGuard.RequireLength(nameof(Float64), nameof(b), b.Length, checked(k * n));
        double[] c = new double[checked(m * n)];
        for (int i = 0; i < m; i++)
        {
            Span<double> row = c.AsSpan(i * n, n);
            for (int p = 0; p < k; p++)
            {
                double factor = a[(i * k) + p];
                ReadOnlySpan<double> source = b.AsSpan(p * n, n);
                for (int j = 0; j < row.Length; j++)
                {
                    row[j] += factor * source[j];
                }
            }
        }

        return c;
    }

    /// <summary><paramref name="x"/> times <paramref name="alpha"/>, in place.</summary>
    public static void Scale(double alpha, Span<double> x)
    {
        foreach (ref double value in x)
        {
            value *= alpha;
        }
    }

    /// <summary><paramref name="y"/> += <paramref name="alpha"/> <paramref name="x"/>, of the same length.</summary>
    /// <exception cref="ShapeException">The lengths differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(double alpha, ReadOnlySpan<double> x, Span<double> y)
    {
        ShapeGuard.RequireLength(nameof(AddScaled), nameof(y), y.Length, x.Length);
        var factors = new Vector<double>(alpha);
        int i = 0;
        for (; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            (new Vector<double>(y[i..]) + (factors * new Vector<double>(x[i..]))).CopyTo(y[i..]);
        }

        for (; i < x.Length; i++)
        {
            y[i] += alpha * x[i];
        }
    }

    /// <summary>The same with values in float32, which are float64 before they are multiplied: exactly what the plain loop gives.</summary>
    /// <exception cref="ShapeException">The lengths differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(double alpha, ReadOnlySpan<float> x, Span<double> y)
    {
        ShapeGuard.RequireLength(nameof(AddScaled), nameof(y), y.Length, x.Length);
        var factors = new Vector<double>(alpha);
        int i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(x[i..]), out Vector<double> low, out Vector<double> high);
            Span<double> rest = y[(i + Vector<double>.Count)..];
            (new Vector<double>(y[i..]) + (factors * low)).CopyTo(y[i..]);
            (new Vector<double>(rest) + (factors * high)).CopyTo(rest);
        }

        for (; i < x.Length; i++)
        {
            y[i] += alpha * x[i];
        }
    }
}
