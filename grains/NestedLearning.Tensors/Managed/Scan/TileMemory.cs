using System.Runtime.CompilerServices;

namespace NestedLearning.Tensors;

/// <summary>
/// Hands out small matrices one after another from one piece of memory. Without memory it hands out the same addresses from
/// 0 on, which tells how much is needed.
/// </summary>
internal unsafe struct TileMemory(float* start)
{
    private float* _next = start;

    /// <summary>The number of values handed out when the memory starts at 0.</summary>
    public readonly int Length => (int)(_next - (float*)0);

    /// <summary>A matrix whose columns are rounded up to whole registers.</summary>
    public Operand Take(int rows, int columns)
    {
        int stride = RoundUp(columns);
        var matrix = new Operand(_next, rows, stride, stride, 1);
        _next += (nint)rows * stride;
        return matrix;
    }

    /// <summary>Room for a vector.</summary>
    public float* Take(int length) => Take(1, length).Data;

    /// <summary>The least multiple of a register's length that is not below <paramref name="length"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RoundUp(int length) => (length + TileProduct.Lanes - 1) / TileProduct.Lanes * TileProduct.Lanes;
}
