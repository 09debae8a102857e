using NestedLearning.Tensors;
using TorchSharp;

namespace NestedLearning.Torch;

/// <content>
/// Matrix products. They are cut to the products of two and of three axes, whose failures libtorch reports; its product of
/// any shapes ends the process instead.
/// </content>
public sealed partial class TorchBackend
{
    /// <inheritdoc/>
    public Tensor MatrixMultiply(Tensor x, Tensor y, bool transposeX, bool transposeY)
    {
        Shape shape = ShapeRules.MatrixMultiply(x.Shape, y.Shape, transposeX, transposeY);
        (TorchTensor left, TorchTensor right) = (Own(x), Own(y));
        int depth = transposeX ? x.Shape[^2] : x.Shape[^1];
        bool reduced = (long)shape.ElementCount * depth >= (_options.Bfloat16From ?? long.MaxValue);
        return Make(nameof(MatrixMultiply), shape, () =>
        {
            using torch.Tensor first = Operand(left.Value, transposeX, reduced);
            using torch.Tensor second = Operand(right.Value, transposeY, reduced);
            torch.Tensor product = Multiply(first, second, shape, depth);
            return reduced && OnCuda ? product.to_type(torch.float32, disposeAfter: true) : product;
        });
    }

    private torch.Tensor Operand(torch.Tensor value, bool transpose, bool reduced)
    {
        torch.Tensor matrices = transpose ? value.transpose(-2, -1) : value.alias();
        if (!reduced)
        {
            return matrices;
        }

        // A GPU adds products of bfloat16 in float32; on the processor some versions of libtorch add in bfloat16.
        torch.Tensor rounded = matrices.to_type(torch.bfloat16, disposeAfter: true);
        return OnCuda ? rounded : rounded.to_type(torch.float32, disposeAfter: true);
    }

    private static torch.Tensor Multiply(torch.Tensor x, torch.Tensor y, Shape shape, int depth)
    {
        (int m, int n) = (shape[^2], shape[^1]);
        if (shape.Rank == 2)
        {
            return x.mm(y);
        }

        long[] outer = Sizes(Shape.Create(shape.Dimensions[..^2]));
        long count = outer.Aggregate(1L, (product, size) => product * size);
        if (y.dim() == 2 && x.is_contiguous())
        {
            // One product with all rows of x, instead of many with the same y.
            using torch.Tensor rows = x.view(count * m, depth);
            using torch.Tensor product = rows.mm(y);
            return product.view(Sizes(shape));
        }

        using torch.Tensor left = Batch(x, outer, count, m, depth);
        using torch.Tensor right = Batch(y, outer, count, depth, n);
        using torch.Tensor products = left.bmm(right);
        return products.view(Sizes(shape));
    }

    private static torch.Tensor Batch(torch.Tensor x, long[] outer, long count, long rows, long columns)
    {
        using torch.Tensor wide = x.expand([.. outer, rows, columns]);
        return wide.reshape(count, rows, columns);
    }
}
