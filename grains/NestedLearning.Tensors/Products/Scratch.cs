using System.Runtime.CompilerServices;

namespace NestedLearning.Tensors;

/// <summary>
/// Working memory of one thread, 64-byte aligned and pinned. It grows to the largest request and is reused by every later
/// call on that thread, so kernels allocate nothing once they are warm.
/// </summary>
internal static unsafe class Scratch
{
    private const int AlignmentBytes = 64;

    [ThreadStatic]
    private static float[]? _left;

    [ThreadStatic]
    private static float[]? _right;

    [ThreadStatic]
    private static float[]? _result;

    [ThreadStatic]
    private static float[]? _scan;

    /// <summary>Room for <paramref name="length"/> values of a left operand.</summary>
    public static float* Left(int length) => Aligned(ref _left, length);

    /// <summary>Room for <paramref name="length"/> values of a right operand.</summary>
    public static float* Right(int length) => Aligned(ref _right, length);

    /// <summary>Room for <paramref name="length"/> values of a result that is computed in another order than it is stored.</summary>
    public static float* Result(int length) => Aligned(ref _result, length);

    /// <summary>Room for <paramref name="length"/> values of one chunk of a scan.</summary>
    public static float* Scan(int length) => Aligned(ref _scan, length);

    /// <summary>The first start of a cache line that is not before <paramref name="values"/>.</summary>
    public static float* Align(float* values) => (float*)(((nint)values + AlignmentBytes - 1) & ~(nint)(AlignmentBytes - 1));

    private static float* Aligned(ref float[]? buffer, int length)
    {
        int needed = length + (AlignmentBytes / sizeof(float));
        if (buffer is null || buffer.Length < needed)
        {
            buffer = GC.AllocateUninitializedArray<float>(needed, pinned: true);
        }

        return Align((float*)Unsafe.AsPointer(ref buffer[0]));
    }
}
