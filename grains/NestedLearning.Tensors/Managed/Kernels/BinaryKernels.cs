using System.Numerics;

namespace NestedLearning.Tensors;

/// <summary>See <see cref="BinaryOperation.Add"/>.</summary>
internal readonly struct AddKernel : IBinaryKernel
{
    public static Vector<float> Apply(Vector<float> x, Vector<float> y) => x + y;
}

/// <summary>See <see cref="BinaryOperation.Subtract"/>.</summary>
internal readonly struct SubtractKernel : IBinaryKernel
{
    public static Vector<float> Apply(Vector<float> x, Vector<float> y) => x - y;
}

/// <summary>See <see cref="BinaryOperation.Multiply"/>.</summary>
internal readonly struct MultiplyKernel : IBinaryKernel
{
    public static Vector<float> Apply(Vector<float> x, Vector<float> y) => x * y;
}

/// <summary>See <see cref="BinaryOperation.Divide"/>.</summary>
internal readonly struct DivideKernel : IBinaryKernel
{
    public static Vector<float> Apply(Vector<float> x, Vector<float> y) => x / y;
}

/// <summary>See <see cref="BinaryOperation.Power"/>; lane by lane, for there is no vector instruction or function for it.</summary>
internal readonly struct PowerKernel : IBinaryKernel
{
    public static Vector<float> Apply(Vector<float> x, Vector<float> y)
    {
        Span<float> results = stackalloc float[Vector<float>.Count];
        for (int lane = 0; lane < results.Length; lane++)
        {
            results[lane] = MathF.Pow(x[lane], y[lane]);
        }

        return new Vector<float>(results);
    }
}

/// <summary>See <see cref="BinaryOperation.Minimum"/>.</summary>
internal readonly struct MinimumKernel : IBinaryKernel
{
    public static Vector<float> Apply(Vector<float> x, Vector<float> y) => Vector.Min(x, y);
}

/// <summary>See <see cref="BinaryOperation.Maximum"/>.</summary>
internal readonly struct MaximumKernel : IBinaryKernel
{
    public static Vector<float> Apply(Vector<float> x, Vector<float> y) => Vector.Max(x, y);
}

/// <summary>See <see cref="BinaryOperation.Equal"/>.</summary>
internal readonly struct EqualKernel : IBinaryKernel
{
    public static Vector<float> Apply(Vector<float> x, Vector<float> y) =>
        Vector.ConditionalSelect(Vector.Equals(x, y), Vector<float>.One, default);
}

/// <summary>See <see cref="BinaryOperation.Greater"/>.</summary>
internal readonly struct GreaterKernel : IBinaryKernel
{
    public static Vector<float> Apply(Vector<float> x, Vector<float> y) =>
        Vector.ConditionalSelect(Vector.GreaterThan(x, y), Vector<float>.One, default);
}

/// <summary>See <see cref="BinaryOperation.GreaterOrEqual"/>.</summary>
internal readonly struct GreaterOrEqualKernel : IBinaryKernel
{
    public static Vector<float> Apply(Vector<float> x, Vector<float> y) =>
        Vector.ConditionalSelect(Vector.GreaterThanOrEqual(x, y), Vector<float>.One, default);
}
