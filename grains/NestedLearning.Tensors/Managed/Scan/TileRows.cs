using System.Runtime.Intrinsics;

namespace NestedLearning.Tensors;

/// <summary>
/// Row by row operations on small matrices with contiguous rows of a multiple of <see cref="TileProduct.Lanes"/> elements.
/// </summary>
internal static unsafe class TileRows
{
    private const int Lanes = TileProduct.Lanes;

    /// <summary>Row i of <paramref name="y"/> = row i of <paramref name="x"/> times scale factors[i].</summary>
    public static void Scale(float scale, float* factors, in Operand x, in Operand y)
    {
        for (int row = 0; row < y.Rows; row++)
        {
            var factor = Vector256.Create(scale * factors[row]);
            float* source = x.At(row, 0);
            float* target = y.At(row, 0);
            for (int i = 0; i < y.Columns; i += Lanes)
            {
                (factor * Vector256.Load(source + i)).Store(target + i);
            }
        }
    }

    /// <summary>Fills <paramref name="x"/> with zeros; its rows lie one after another.</summary>
    public static void Clear(in Operand x) => new Span<float>(x.Data, x.Rows * x.Columns).Clear();

    /// <summary><paramref name="x"/> *= <paramref name="factor"/>; its rows lie one after another.</summary>
    public static void Scale(float factor, in Operand x)
    {
        var factors = Vector256.Create(factor);
        for (int i = 0; i < x.Rows * x.Columns; i += Lanes)
        {
            (factors * Vector256.Load(x.Data + i)).Store(x.Data + i);
        }
    }

    /// <summary><paramref name="z"/> = scale times the products of the elements of <paramref name="x"/> and <paramref name="y"/>.</summary>
    public static void Multiply(float scale, in Operand x, in Operand y, in Operand z)
    {
        var factor = Vector256.Create(scale);
        for (int row = 0; row < z.Rows; row++)
        {
            float* left = x.At(row, 0);
            float* right = y.At(row, 0);
            float* target = z.At(row, 0);
            for (int i = 0; i < z.Columns; i += Lanes)
            {
                (factor * Vector256.Load(left + i) * Vector256.Load(right + i)).Store(target + i);
            }
        }
    }

    /// <summary><paramref name="y"/> += <paramref name="factor"/> <paramref name="x"/>, for one row.</summary>
    public static void AddTo(float factor, float* x, float* y, int columns)
    {
        var factors = Vector256.Create(factor);
        for (int i = 0; i < columns; i += Lanes)
        {
            Vector256.MultiplyAddEstimate(factors, Vector256.Load(x + i), Vector256.Load(y + i)).Store(y + i);
        }
    }

    /// <summary>The inner product of two rows.</summary>
    public static float Dot(float* x, float* y, int columns)
    {
        Vector256<float> sum = default;
        for (int i = 0; i < columns; i += Lanes)
        {
            sum = Vector256.MultiplyAddEstimate(Vector256.Load(x + i), Vector256.Load(y + i), sum);
        }

        return Vector256.Sum(sum);
    }

    /// <summary>Copies contiguous rows of this width to the first rows and columns of <paramref name="target"/>.</summary>
    public static void Load(ReadOnlySpan<float> source, int width, in Operand target)
    {
        for (int start = 0, row = 0; start < source.Length; start += width, row++)
        {
            source.Slice(start, width).CopyTo(new Span<float>(target.At(row, 0), width));
        }
    }

    /// <summary>Copies the first rows and columns of <paramref name="source"/> to contiguous rows of this width.</summary>
    public static void Store(in Operand source, int width, Span<float> target)
    {
        for (int start = 0, row = 0; start < target.Length; start += width, row++)
        {
            new ReadOnlySpan<float>(source.At(row, 0), width).CopyTo(target[start..]);
        }
    }
}
