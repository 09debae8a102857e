using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>A sequence [streams, heads, time, size] in chunks.</summary>
internal static class Chunks
{
    /// <summary>A first chunk of <paramref name="first"/> tokens, then chunks of <paramref name="length"/>; the last may be shorter.</summary>
    public static Variable[] Cut(Variable x, int first, int length)
    {
        int time = x.Shape[2];
        return time <= first ? [x]
            : first == length ? x.Split(2, length)
            : [x.Slice(2, 0, first), .. x.Slice(2, first, time - first).Split(2, length)];
    }
}
