using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>The values of a token cut into heads.</summary>
internal static class Heads
{
    /// <summary>[streams, time, width] as [streams, heads, time, width / heads].</summary>
    public static Variable Cut(Variable x, int heads) =>
        x.Reshape([x.Shape[0], x.Shape[1], heads, x.Shape[2] / heads]).Permute(0, 2, 1, 3);

    /// <summary>[streams, heads, time, size] as [streams, time, heads * size].</summary>
    public static Variable Join(Variable x) =>
        x.Permute(0, 2, 1, 3).Reshape([x.Shape[0], x.Shape[2], x.Shape[1] * x.Shape[3]]);
}
