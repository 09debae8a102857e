using NestedLearning.Tensors;
using TorchSharp;

namespace NestedLearning.Torch;

/// <content>Reductions.</content>
public sealed partial class TorchBackend
{
    /// <inheritdoc/>
    public Tensor Reduce(Reduction reduction, Tensor x, ReadOnlySpan<int> axes)
    {
        (Shape shape, int[] sorted) = ShapeRules.Reduce(reduction, x.Shape, axes);
        if (sorted.Length == 0)
        {
            // For libtorch, no axes are all axes.
            return View(reduction.ToString(), Own(x), shape, value => value.alias());
        }

        torch.Tensor operand = Own(x).Value;
        long[] dimensions = Array.ConvertAll(sorted, axis => (long)axis);
        return Make(reduction.ToString(), shape, () => reduction switch
        {
            Reduction.Sum => operand.sum(dimensions, keepdim: true),
            Reduction.Mean => operand.mean(dimensions, keepdim: true),
            Reduction.Max => operand.amax(dimensions, keepdim: true),
            _ => throw new ArgumentOutOfRangeException(nameof(reduction), reduction, "There is no such reduction."),
        });
    }
}
