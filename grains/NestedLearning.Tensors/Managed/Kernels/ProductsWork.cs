namespace NestedLearning.Tensors;

/// <summary>Matrix products, a round for each matrix of the result.</summary>
internal readonly struct ProductsWork(
    LoopPlan plan, ManagedTensor x, ManagedTensor y, ManagedTensor z, bool transposeX, bool transposeY, int threads) : IRangeWork
{
    public void Run(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            MatrixView left = At(x, plan.Offset(0, i));
            MatrixView right = At(y, plan.Offset(1, i));
            Gemm.Multiply(left, right, At(z, i), 1, 0, transposeX, transposeY, threads);
        }
    }

    private static MatrixView At(ManagedTensor tensor, int index)
    {
        (int rows, int columns) = (tensor.Shape[^2], tensor.Shape[^1]);
        return new MatrixView(tensor.Values.Slice(index * rows * columns, rows * columns), rows, columns, columns);
    }
}
