namespace NestedLearning.Tensors;

/// <summary>A function of two numbers that a backend applies to every pair of elements, broadcasting both operands.</summary>
public enum BinaryOperation
{
    /// <summary><c>x + y</c>.</summary>
    Add,

    /// <summary><c>x - y</c>.</summary>
    Subtract,

    /// <summary><c>x y</c>.</summary>
    Multiply,

    /// <summary><c>x / y</c>.</summary>
    Divide,

    /// <summary><c>x^y</c>.</summary>
    Power,

    /// <summary>The smaller of the two.</summary>
    Minimum,

    /// <summary>The larger of the two.</summary>
    Maximum,

    /// <summary>1 where the two are equal, else 0.</summary>
    Equal,

    /// <summary>1 where x is above y, else 0.</summary>
    Greater,

    /// <summary>1 where x is not below y, else 0.</summary>
    GreaterOrEqual,
}
