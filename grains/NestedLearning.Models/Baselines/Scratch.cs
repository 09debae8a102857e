namespace NestedLearning.Models;

/// <summary>Buffers that a learner keeps between events.</summary>
internal static class Scratch
{
    /// <summary>The first <paramref name="length"/> elements of a buffer, which grows by doubling; its contents are left over.</summary>
    public static Span<float> Take(ref float[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new float[Math.Max(length, 2 * buffer.Length)];
        }

        return buffer.AsSpan(0, length);
    }
}
