namespace NestedLearning.Tensors;

/// <summary>The shape checks at the edge of every kernel.</summary>
internal static class ShapeGuard
{
    /// <summary>Refuses a vector whose length is not <paramref name="expected"/>.</summary>
    public static void RequireLength(string operation, string operand, int actual, int expected)
    {
        if (actual != expected)
        {
            throw new ShapeException(operation, operand, $"[{actual}]", $"[{expected}]");
        }
    }

    /// <summary>Refuses a matrix whose shape is not [<paramref name="rows"/>, <paramref name="columns"/>].</summary>
    public static void RequireShape(string operation, string operand, MatrixView actual, int rows, int columns)
    {
        if (actual.Rows != rows || actual.Columns != columns)
        {
            throw new ShapeException(operation, operand, actual.ToString(), $"[{rows}, {columns}]");
        }
    }

    /// <summary>Refuses a matrix that is not square.</summary>
    public static void RequireSquare(string operation, string operand, MatrixView actual) =>
        RequireShape(operation, operand, actual, actual.Rows, actual.Rows);
}
