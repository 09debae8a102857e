namespace NestedLearning.Tensors;

/// <summary>
/// Solves with one small diagonal block and many right-hand sides by a product with its inverse, which runs at the speed of
/// products. Blocks are small enough that their inverse costs no accuracy beside the substitution's own rounding.
/// </summary>
internal static unsafe class TriangularInverse
{
    /// <summary>Overwrites <paramref name="b"/> [n, m] by <c>L⁻¹ b</c>, or by <c>L⁻ᵀ b</c> when <paramref name="transposed"/>.</summary>
    public static void Solve(Operand l, Operand b, bool transposed)
    {
        int n = l.Rows;
        float* values = stackalloc float[TriangularTile.MaximumRows * TriangularTile.MaximumRows];
        var inverse = new Operand(values, n, n, n, 1);
        new Span<float>(values, n * n).Clear();
        for (int i = 0; i < n; i++)
        {
            *inverse.At(i, i) = 1;
        }

        TriangularTile.Solve(l, inverse, transposed: false);

        // In place: each part of b is packed before the part of the product that replaces it is written.
        PackedProduct.Run(transposed
            ? new ProductJob(inverse.Transposed, b, b, 1, 0, zeros: ZeroTerms.BeforeRow)
            : new ProductJob(inverse, b, b, 1, 0, zeros: ZeroTerms.AfterRow));
    }
}
