namespace NestedLearning.Tensors;

/// <summary>
/// The innermost product: one tile of shape [Rows, Columns] kept in registers while the depth runs. Both operands come
/// packed: for every depth step <see cref="Rows"/> values of the left one and <see cref="Columns"/> of the right one.
/// </summary>
internal unsafe interface IMicroKernel
{
    /// <summary>The rows of a tile.</summary>
    static abstract int Rows { get; }

    /// <summary>The columns of a tile; a multiple of 8.</summary>
    static abstract int Columns { get; }

    /// <summary>
    /// c = alpha * left * right + beta * c for one whole tile whose rows are <paramref name="stride"/> apart.
    /// When <paramref name="beta"/> is 0, c is written without being read.
    /// </summary>
    static abstract void Multiply(int depth, float* left, float* right, float* c, nint stride, float alpha, float beta);
}
