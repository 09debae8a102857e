namespace NestedLearning.Tensors;

/// <summary>The <c>beta * c</c> of a product that adds nothing to it, or that adds later.</summary>
internal static class MatrixScaling
{
    /// <summary><paramref name="c"/> *= <paramref name="beta"/>; with 0 it is cleared without being read.</summary>
    public static void Scale(float beta, MatrixView c)
    {
        for (int row = 0; row < c.Rows; row++)
        {
            Scale(beta, c.Row(row));
        }
    }

    /// <summary>As <see cref="Scale(float, MatrixView)"/>, for the lower triangle only.</summary>
    public static void ScaleLower(float beta, MatrixView c)
    {
        for (int row = 0; row < c.Rows; row++)
        {
            Scale(beta, c.Row(row)[..(row + 1)]);
        }
    }

    /// <summary><paramref name="values"/> *= <paramref name="beta"/>; with 0 they are cleared without being read.</summary>
    public static void Scale(float beta, Span<float> values)
    {
        if (beta == 0)
        {
            values.Clear();
        }
        else if (beta != 1)
        {
            Vectors.Scale(beta, values);
        }
    }
}
