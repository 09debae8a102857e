namespace NestedLearning.Tensors.Contracts;

/// <content>Operations that move elements.</content>
public sealed partial class Float64Backend
{
    public Tensor Reshape(Tensor x, Shape shape)
    {
        ShapeRules.Reshape(x.Shape, shape);
        return Create(shape, Values(x));
    }

    public Tensor Permute(Tensor x, ReadOnlySpan<int> axes)
    {
        (Shape shape, int[] order) = ShapeRules.Permute(x.Shape, axes);
        return From(shape, index =>
        {
            int[] source = new int[order.Length];
            for (int i = 0; i < order.Length; i++)
            {
                source[order[i]] = index[i];
            }

            return At(x, source);
        });
    }

    public Tensor Slice(Tensor x, int axis, int start, int length)
    {
        Shape shape = ShapeRules.Slice(x.Shape, axis, start, length);
        int counted = ShapeRules.Axis(nameof(Slice), x.Shape, axis);
        return From(shape, index => At(x, With(index, counted, index[counted] + start)));
    }

    public Tensor Concatenate(IReadOnlyList<Tensor> parts, int axis)
    {
        Shape shape = ShapeRules.Concatenate([.. parts.Select(part => part.Shape)], axis);
        int counted = ShapeRules.Axis(nameof(Concatenate), shape, axis);
        return From(shape, index =>
        {
            int place = index[counted];
            int part = 0;
            while (place >= parts[part].Shape[counted])
            {
                place -= parts[part++].Shape[counted];
            }

            return At(parts[part], With(index, counted, place));
        });
    }

    public Tensor Broadcast(Tensor x, Shape shape)
    {
        ShapeRules.BroadcastTo(nameof(Broadcast), x.Shape, shape);
        return From(shape, index => At(x, index));
    }
}
