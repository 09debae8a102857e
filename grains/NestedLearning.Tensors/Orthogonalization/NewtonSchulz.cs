namespace NestedLearning.Tensors;

/// <summary>
/// The orthogonal matrix nearest to a matrix, <c>U Vᵀ</c> of <c>U Σ Vᵀ</c>, by the iteration of Newton and Schulz with matrix products
/// only: <c>X ← a X + (b A + c A²) X</c> with <c>A = X Xᵀ</c>, from <c>X / (1.01 ‖X‖)</c>. It is the non-linear output that makes Muon of
/// momentum (Nested Learning, Eq. 33–52, σ of m).
/// </summary>
/// <remarks>
/// The first five steps have the coefficients of the Polar Express (arXiv 2505.16932): they bring every singular value of at least a
/// thousandth of the norm to between 0.87 and 1.13. Later steps, with (15, −10, 3) / 8, converge to 1. Directions that X hardly has stay
/// short; those that it lacks stay 0.
/// </remarks>
public static class NewtonSchulz
{
    /// <summary>The number of steps that Muon takes.</summary>
    public const int DefaultSteps = 5;

    private const double SmallestSquare = 1e-30;

    /// <summary>The first step's polynomial is steep at 1 and explodes beyond, and the norm of a matrix of rank one is 1 but for rounding.</summary>
    private const double Margin = 1.01;

    private static readonly (double A, double B, double C)[] Coefficients =
    [
        (8.28721201814563, -23.595886519098837, 17.300387312530933),
        (4.107059111542203, -2.9478499167379106, 0.5448431082926601),
        (3.9486908534822946, -2.908902115962949, 0.5518191394370137),
        (3.3184196573706015, -2.488488024314874, 0.51004894012372),
        (2.300652019954817, -1.6689039845747493, 0.4188073119525673),
        (1.875, -1.25, 0.375),
    ];

    /// <summary>The nearest orthogonal matrix to each along the two innermost axes of <paramref name="x"/>.</summary>
    /// <exception cref="ShapeException">There are fewer than two axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is below 1.</exception>
    public static Tensor Orthogonalize(ITensorBackend backend, Tensor x, int steps = DefaultSteps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (x.Shape.Rank < 2)
        {
            throw new ShapeException(nameof(Orthogonalize), nameof(x), x.Shape.ToString(), "2 or more axes");
        }

        if (x.Shape.ElementCount == 0)
        {
            return backend.Affine(x, 1, 0);
        }

        Tensor current = Normalized(backend, x);
        for (int step = 0; step < steps; step++)
        {
            current = Step(backend, current, Coefficients[Math.Min(step, Coefficients.Length - 1)]);
        }

        return current;
    }

    private static Tensor Normalized(ITensorBackend backend, Tensor x)
    {
        using Tensor rows = backend.Reshape(x, [.. x.Shape.Dimensions[..^2], x.Shape[^2] * x.Shape[^1]]);
        using Tensor unit = backend.Normalize(Normalization.Unit, rows, SmallestSquare);
        using Tensor shortened = backend.Affine(unit, 1 / Margin, 0);
        return backend.Reshape(shortened, x.Shape);
    }

    /// <summary>One step, with the smaller one of <c>X Xᵀ</c> and <c>Xᵀ X</c>; it takes over <paramref name="x"/>.</summary>
    private static Tensor Step(ITensorBackend backend, Tensor x, (double A, double B, double C) coefficients)
    {
        bool isWide = x.Shape[^2] <= x.Shape[^1];
        using Tensor gram = backend.MatrixMultiply(x, x, !isWide, isWide);
        using Tensor polynomial = backend.Blend(backend.MatrixMultiply(gram, gram, false, false), coefficients.C, gram, coefficients.B);
        using Tensor product = isWide
            ? backend.MatrixMultiply(polynomial, x, false, false)
            : backend.MatrixMultiply(x, polynomial, false, false);
        return backend.Blend(x, coefficients.A, product, 1);
    }
}
