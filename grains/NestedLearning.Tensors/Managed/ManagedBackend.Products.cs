namespace NestedLearning.Tensors;

/// <content>Matrix products.</content>
public sealed partial class ManagedBackend
{
    /// <inheritdoc/>
    public Tensor MatrixMultiply(Tensor x, Tensor y, bool transposeX, bool transposeY)
    {
        Shape shape = ShapeRules.MatrixMultiply(x.Shape, y.Shape, transposeX, transposeY);
        ManagedTensor result = Rent(shape);
        Shape outer = Shape.Create(shape.Dimensions[..^2]);
        var plan = new LoopPlan(outer, OuterStrides(x.Shape, outer), OuterStrides(y.Shape, outer));
        int depth = transposeX ? x.Shape[^2] : x.Shape[^1];
        long multiplications = (long)shape[^1] * shape[^2] * depth;
        if (SmallProductsWork.Fits(shape[^2], depth, shape[^1], transposeY))
        {
            var small = new SmallProductsWork(plan, Own(x), Own(y), result, transposeX, transposeY);
            RangeWork.Run(small, outer.ElementCount, multiplications / 8, _threads);
            return result;
        }

        // Many small products share the threads among them; few large ones each use all.
        int threadsEach = outer.ElementCount >= _threads ? 1 : _threads;
        var work = new ProductsWork(plan, Own(x), Own(y), result, transposeX, transposeY, threadsEach);
        RangeWork.Run(work, outer.ElementCount, multiplications / 8, threadsEach == 1 ? _threads : 1);
        return result;
    }

    /// <summary>Strides of the outer axes, counted in matrices.</summary>
    private static int[] OuterStrides(Shape operand, Shape outer) =>
        LoopPlan.BroadcastStrides(Shape.Create(operand.Dimensions[..^2]), outer);
}
