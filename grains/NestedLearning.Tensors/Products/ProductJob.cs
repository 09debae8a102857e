namespace NestedLearning.Tensors;

/// <summary>
/// One product to compute: c [m, n] = alpha * a [m, k] * b [k, n] + beta * c, with the rows or the columns of c contiguous.
/// </summary>
/// <param name="a">The left operand.</param>
/// <param name="b">The right operand.</param>
/// <param name="c">The result; one of its strides is 1.</param>
/// <param name="alpha">The factor of the product.</param>
/// <param name="beta">The factor of what c holds; 0 means c is not read.</param>
/// <param name="lowerOnly">Whether only elements on and below the diagonal of c are computed and written.</param>
/// <param name="zeros">Which terms of the inner products are zero because an operand is a triangle; they are skipped.</param>
internal readonly struct ProductJob(
    Operand a, Operand b, Operand c, float alpha, float beta, bool lowerOnly = false, ZeroTerms zeros = ZeroTerms.None)
{
    public readonly Operand A = a;
    public readonly Operand B = b;
    public readonly Operand C = c;
    public readonly float Alpha = alpha;
    public readonly float Beta = beta;
    public readonly bool LowerOnly = lowerOnly;
    public readonly ZeroTerms Zeros = zeros;

    /// <summary>The length of the inner products, k.</summary>
    public int Depth => A.Columns;

    /// <summary>The same product written the other way round, <c>cᵀ = bᵀ aᵀ</c>; for whole results only.</summary>
    public ProductJob Transposed => new(B.Transposed, A.Transposed, C.Transposed, Alpha, Beta, LowerOnly, Zeros switch
    {
        ZeroTerms.AfterRow => ZeroTerms.AfterColumn,
        ZeroTerms.BeforeRow => ZeroTerms.BeforeColumn,
        ZeroTerms.AfterColumn => ZeroTerms.AfterRow,
        ZeroTerms.BeforeColumn => ZeroTerms.BeforeRow,
        _ => ZeroTerms.None,
    });
}

/// <summary>The terms of element [row, column] that are zero because an operand is a triangle.</summary>
internal enum ZeroTerms
{
    /// <summary>No operand is a triangle.</summary>
    None,

    /// <summary>a is a lower triangle: terms whose index is past the row.</summary>
    AfterRow,

    /// <summary>a is an upper triangle: terms whose index is before the row.</summary>
    BeforeRow,

    /// <summary>b is an upper triangle: terms whose index is past the column.</summary>
    AfterColumn,

    /// <summary>b is a lower triangle: terms whose index is before the column.</summary>
    BeforeColumn,
}

/// <summary>The part of a result with rows [Top, Bottom) and columns [Left, Right).</summary>
internal readonly record struct Window(int Top, int Bottom, int Left, int Right);
