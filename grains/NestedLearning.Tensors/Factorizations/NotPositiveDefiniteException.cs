namespace NestedLearning.Tensors;

/// <summary>A matrix has no Cholesky factor: a pivot is not a positive finite number.</summary>
public sealed class NotPositiveDefiniteException : NestedLearningException
{
    /// <summary>Names the first pivot that failed.</summary>
    public NotPositiveDefiniteException(int pivotIndex, double pivotValue)
        : base($"Cholesky: pivot {pivotIndex} is {pivotValue:R}, expected a positive finite number; the matrix is not positive definite.")
    {
        PivotIndex = pivotIndex;
        PivotValue = pivotValue;
    }

    /// <summary>The row and column of the pivot, from 0.</summary>
    public int PivotIndex { get; }

    /// <summary>The pivot: the diagonal element less what the rows before it explain. NaN when the input held one.</summary>
    public double PivotValue { get; }
}
