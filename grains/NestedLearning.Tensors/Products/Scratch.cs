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

    /// <summary>Room for <paramref name="length"/> values of a left operand.</summary>
    public static float* Left(int length) => Aligned(ref _left, length);

    /// <summary>Room for <paramref name="length"/> values of a right operand.</summary>
    public static float* Right(int length) => Aligned(ref _right, length);

    private static float* Aligned(ref float[]? buffer, int length)
    {
        int needed = length + (AlignmentBytes / sizeof(float));
        if (buffer is null || buffer.Length < needed)
        {
            buffer = GC.AllocateUninitializedArray<float>(needed, pinned: true);
        }

        nint address = (nint)Unsafe.AsPointer(ref buffer[0]);
        return (float*)((address + AlignmentBytes - 1) & ~(nint)(AlignmentBytes - 1));
    }
}
