using NestedLearning.Tensors;
using TorchSharp;

namespace NestedLearning.Torch;

/// <content>Operations that move elements; all but a concatenation only look at the same memory in another order.</content>
public sealed partial class TorchBackend
{
    /// <inheritdoc/>
    public Tensor Reshape(Tensor x, Shape shape)
    {
        ShapeRules.Reshape(x.Shape, shape);
        TorchTensor operand = Own(x);
        if (shape.Equals(x.Shape))
        {
            return View(nameof(Reshape), operand, shape, value => value.alias());
        }

        return operand.Value.is_contiguous()
            ? View(nameof(Reshape), operand, shape, value => value.view(Sizes(shape)))
            : Make(nameof(Reshape), shape, () =>
            {
                using torch.Tensor dense = operand.Value.contiguous();
                return dense.view(Sizes(shape));
            });
    }

    /// <inheritdoc/>
    public Tensor Permute(Tensor x, ReadOnlySpan<int> axes)
    {
        (Shape shape, int[] order) = ShapeRules.Permute(x.Shape, axes);
        return View(nameof(Permute), Own(x), shape, value => value.permute(Array.ConvertAll(order, axis => (long)axis)));
    }

    /// <inheritdoc/>
    public Tensor Broadcast(Tensor x, Shape shape)
    {
        ShapeRules.BroadcastTo(nameof(Broadcast), x.Shape, shape);
        return View(nameof(Broadcast), Own(x), shape, value => value.expand(Sizes(shape)));
    }

    /// <inheritdoc/>
    public Tensor Slice(Tensor x, int axis, int start, int length)
    {
        Shape shape = ShapeRules.Slice(x.Shape, axis, start, length);
        return View(nameof(Slice), Own(x), shape, value => value.narrow(axis, start, length));
    }

    /// <inheritdoc/>
    public Tensor Concatenate(IReadOnlyList<Tensor> parts, int axis)
    {
        Shape shape = ShapeRules.Concatenate([.. parts.Select(part => part.Shape)], axis);
        if (parts.Count == 1)
        {
            return View(nameof(Concatenate), Own(parts[0]), shape, value => value.alias());
        }

        torch.Tensor[] values = [.. parts.Select(part => Own(part).Value)];
        return Make(nameof(Concatenate), shape, () => torch.cat(values, axis));
    }
}
