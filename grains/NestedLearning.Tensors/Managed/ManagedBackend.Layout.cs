namespace NestedLearning.Tensors;

/// <content>Operations that move elements. What stays contiguous shares the memory of its operand.</content>
public sealed partial class ManagedBackend
{
    /// <inheritdoc/>
    public Tensor Reshape(Tensor x, Shape shape)
    {
        ShapeRules.Reshape(x.Shape, shape);
        return Own(x).Share(0, shape);
    }

    /// <inheritdoc/>
    public Tensor Permute(Tensor x, ReadOnlySpan<int> axes)
    {
        (Shape shape, int[] order) = ShapeRules.Permute(x.Shape, axes);
        int[] strides = LoopPlan.BroadcastStrides(x.Shape, x.Shape);
        return Copy(x, shape, Array.ConvertAll(order, axis => strides[axis]));
    }

    /// <inheritdoc/>
    public Tensor Broadcast(Tensor x, Shape shape)
    {
        ShapeRules.BroadcastTo(nameof(Broadcast), x.Shape, shape);
        return x.Shape.ElementCount == shape.ElementCount
            ? Own(x).Share(0, shape)
            : Copy(x, shape, LoopPlan.BroadcastStrides(x.Shape, shape));
    }

    /// <inheritdoc/>
    public Tensor Slice(Tensor x, int axis, int start, int length)
    {
        Shape shape = ShapeRules.Slice(x.Shape, axis, start, length);
        axis = ShapeRules.Axis(nameof(Slice), x.Shape, axis);
        int inner = Shape.Create(x.Shape.Dimensions[(axis + 1)..]).ElementCount;
        int outer = Shape.Create(x.Shape.Dimensions[..axis]).ElementCount;
        if (outer == 1)
        {
            return Own(x).Share(start * inner, shape);
        }

        ManagedTensor result = Rent(shape);
        int sourceLength = x.Shape[axis] * inner;
        for (int i = 0; i < outer; i++)
        {
            Own(x).Values.Slice((i * sourceLength) + (start * inner), length * inner).CopyTo(result.Values[(i * length * inner)..]);
        }

        return result;
    }

    /// <inheritdoc/>
    public Tensor Concatenate(IReadOnlyList<Tensor> parts, int axis)
    {
        Shape shape = ShapeRules.Concatenate([.. parts.Select(part => part.Shape)], axis);
        axis = ShapeRules.Axis(nameof(Concatenate), shape, axis);
        ManagedTensor result = Rent(shape);
        int outer = Shape.Create(shape.Dimensions[..axis]).ElementCount;
        int stride = Shape.Create(shape.Dimensions[axis..]).ElementCount;
        int start = 0;
        foreach (Tensor part in parts)
        {
            int length = Shape.Create(part.Shape.Dimensions[axis..]).ElementCount;
            for (int i = 0; i < outer; i++)
            {
                Own(part).Values.Slice(i * length, length).CopyTo(result.Values[((i * stride) + start)..]);
            }

            start += length;
        }

        return result;
    }

    private ManagedTensor Copy(Tensor x, Shape shape, int[] strides)
    {
        ManagedTensor result = Rent(shape);
        var plan = new LoopPlan(shape, strides);
        int height = plan.TransposedRows(0);
        if (height > 1)
        {
            var work = new TransposeWork(plan, height, Own(x), result);
            RangeWork.Run(work, work.Strips, shape.ElementCount / Math.Max(1, work.Strips), _threads);
        }
        else
        {
            RangeWork.Run(new CopyWork(plan, Own(x), result), plan.Rows, plan.Columns, _threads);
        }

        return result;
    }
}
