namespace NestedLearning.Tensors;

/// <summary>How the vectors along the innermost axis are brought to one scale. A gain or a bias is a separate operation.</summary>
public enum Normalization
{
    /// <summary>Layer norm: <c>(x - mean x) / sqrt(var x + ε)</c>, with the variance over n.</summary>
    Layer,

    /// <summary>RMS norm: <c>x / sqrt(mean x² + ε)</c>.</summary>
    RootMeanSquare,

    /// <summary>L2 norm: <c>x / sqrt(sum x² + ε)</c>; smooth at 0.</summary>
    Unit,
}
