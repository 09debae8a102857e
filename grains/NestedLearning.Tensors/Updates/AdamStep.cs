namespace NestedLearning.Tensors;

/// <summary>
/// The numbers of one step of AdamW (arXiv 1711.05101, Algorithm 2), the bias corrections of its step count t already in them:
/// <c>m ← β1 m + (1 − β1) s g; v ← β2 v + (1 − β2) (s g)²; θ ← κ θ − η m / (√(v / (1 − β2ᵗ)) + ε)</c>. Adam is the optimal
/// element-wise memory of gradients (Nested Learning, Eq. 101–105).
/// </summary>
public readonly record struct AdamStep
{
    /// <summary>The numbers of step <paramref name="count"/>, the first being 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public static AdamStep At(long count, double learningRate, double beta1, double beta2, double epsilon)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new AdamStep
        {
            Beta1 = beta1,
            Beta2 = beta2,
            Epsilon = epsilon,
            Rate = learningRate / (1 - Math.Pow(beta1, count)),
            SecondScale = 1 / (1 - Math.Pow(beta2, count)),
            Kept = 1,
            GradientScale = 1,
        };
    }

    /// <summary>The retention β1 of the first moment m.</summary>
    public double Beta1 { get; init; }

    /// <summary>The retention β2 of the second moment v.</summary>
    public double Beta2 { get; init; }

    /// <summary>ε.</summary>
    public double Epsilon { get; init; }

    /// <summary>The learning rate divided by <c>1 − β1ᵗ</c>, η.</summary>
    public double Rate { get; init; }

    /// <summary><c>1 / (1 − β2ᵗ)</c>.</summary>
    public double SecondScale { get; init; }

    /// <summary>What the parameters keep, κ: 1 without weight decay.</summary>
    public double Kept { get; init; }

    /// <summary>What the gradient is multiplied by, s: 1 where it is not clipped.</summary>
    public double GradientScale { get; init; }
}
