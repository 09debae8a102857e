namespace NestedLearning.Tensors;

/// <summary>The updates of <see cref="ITensorBackend"/> made of its other operations, for backends without kernels for them.</summary>
internal static class ComposedUpdates
{
    public static Tensor Blend(ITensorBackend backend, Tensor x, double keep, Tensor y, double scale)
    {
        ShapeRules.Same(nameof(ITensorBackend.Blend), nameof(y), y.Shape, x.Shape);
        using Tensor kept = backend.Affine(x, keep, 0);
        using Tensor added = backend.Affine(y, scale, 0);
        Tensor result = backend.Apply(BinaryOperation.Add, kept, added);
        x.Dispose();
        return result;
    }

    public static AdamState Adam(ITensorBackend backend, in AdamStep step, AdamState state, Tensor gradient)
    {
        ShapeRules.Adam(state, gradient);
        using Tensor g = backend.Affine(gradient, step.GradientScale, 0);
        using Tensor squares = backend.Apply(BinaryOperation.Multiply, g, g);
        Tensor first = Blend(backend, state.First, step.Beta1, g, 1 - step.Beta1);
        Tensor second = Blend(backend, state.Second, step.Beta2, squares, 1 - step.Beta2);
        using Tensor corrected = backend.Affine(second, step.SecondScale, 0);
        using Tensor root = backend.Apply(UnaryOperation.SquareRoot, corrected);
        using Tensor divisor = backend.Affine(root, 1, step.Epsilon);
        using Tensor direction = backend.Apply(BinaryOperation.Divide, first, divisor);
        return new AdamState(Blend(backend, state.Parameters, step.Kept, direction, -step.Rate), first, second);
    }

    public static double SumOfSquares(ITensorBackend backend, Tensor x)
    {
        using Tensor squares = backend.Apply(BinaryOperation.Multiply, x, x);
        using Tensor sum = backend.Reduce(Reduction.Sum, squares, [.. Enumerable.Range(0, x.Shape.Rank)]);
        float value = 0;
        backend.Read(sum, new Span<float>(ref value));
        return value;
    }
}
