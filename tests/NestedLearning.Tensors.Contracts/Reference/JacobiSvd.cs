namespace NestedLearning.Tensors.Contracts;

/// <summary>
/// The singular values and vectors of a matrix in float64: columns are turned pairwise until all are orthogonal (Hestenes, 1958).
/// </summary>
public sealed class JacobiSvd
{
    private const int Sweeps = 40;

    private readonly double[][] _left;
    private readonly double[][] _right;
    private readonly bool _isTransposed;

    private JacobiSvd(double[][] left, double[][] right, bool isTransposed)
    {
        Values = Array.ConvertAll(left, Length);
        _left = left;
        _right = right;
        _isTransposed = isTransposed;
    }

    /// <summary>The singular values, as many as the shorter side, in no order.</summary>
    public double[] Values { get; }

    /// <summary>Of a row-major matrix [rows, columns].</summary>
    public static JacobiSvd Of(double[] matrix, int rows, int columns)
    {
        bool isTransposed = rows < columns;
        (int height, int width) = isTransposed ? (columns, rows) : (rows, columns);
        double[][] left = new double[width][];
        double[][] right = new double[width][];
        for (int j = 0; j < width; j++)
        {
            int column = j;
            left[j] = [.. Enumerable.Range(0, height).Select(i => isTransposed ? matrix[(column * columns) + i] : matrix[(i * columns) + column])];
            right[j] = [.. Enumerable.Range(0, width).Select(i => i == column ? 1.0 : 0)];
        }

        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            for (int p = 0; p < width; p++)
            {
                for (int q = p + 1; q < width; q++)
                {
                    Turn(left[p], left[q], right[p], right[q]);
                }
            }
        }

        return new JacobiSvd(left, right, isTransposed);
    }

    /// <summary>The matrix with every singular value replaced by a function of it, row-major.</summary>
    public double[] Map(Func<double, double> function)
    {
        int height = _left.Length == 0 ? 0 : _left[0].Length;
        (int rows, int columns) = _isTransposed ? (_left.Length, height) : (height, _left.Length);
        double[] result = new double[rows * columns];
        for (int s = 0; s < _left.Length; s++)
        {
            double factor = Values[s] > 1e-12 ? function(Values[s]) / Values[s] : 0;
            for (int i = 0; i < height; i++)
            {
                for (int j = 0; j < _left.Length; j++)
                {
                    result[_isTransposed ? (j * columns) + i : (i * columns) + j] += factor * _left[s][i] * _right[s][j];
                }
            }
        }

        return result;
    }

    private static void Turn(double[] a, double[] b, double[] v, double[] w)
    {
        double dot = Dot(a, b);
        if (Math.Abs(dot) <= 1e-15 * Length(a) * Length(b))
        {
            return;
        }

        double zeta = (Dot(b, b) - Dot(a, a)) / (2 * dot);
        double tangent = (zeta < 0 ? -1 : 1) / (Math.Abs(zeta) + Math.Sqrt(1 + (zeta * zeta)));
        double cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
        Rotate(a, b, cosine, cosine * tangent);
        Rotate(v, w, cosine, cosine * tangent);
    }

    private static void Rotate(double[] a, double[] b, double cosine, double sine)
    {
        for (int i = 0; i < a.Length; i++)
        {
            (a[i], b[i]) = ((cosine * a[i]) - (sine * b[i]), (sine * a[i]) + (cosine * b[i]));
        }
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double Length(double[] a) => Math.Sqrt(Dot(a, a));
}
