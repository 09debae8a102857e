namespace NestedLearning.Tensors;

/// <content>Softmax and norms, along the innermost axis.</content>
public sealed partial class Variable
{
    private static readonly int[] Innermost = [-1];

    /// <summary>Where gradients are computed in one operation: those that will not be differentiated, on a backend that can.</summary>
    private IFusedGradients? Fused => Tape.IsRecording ? null : Backend as IFusedGradients;

    /// <summary>The softmax.</summary>
    public Variable Softmax() => Tape.Add(nameof(Softmax), Backend.Softmax(Value), new Edge(this, (g, y) =>
    {
        if (Fused?.SoftmaxGradient(y.Value, g.Value) is { } fused)
        {
            return Tape.AddGradient(nameof(IFusedGradients.SoftmaxGradient), fused, y, g);
        }

        Variable part = g * y;
        return part - (y * part.Sum(Innermost, keepAxes: true));
    }));

    /// <summary>The logarithm of the softmax.</summary>
    public Variable LogSoftmax() => Tape.Add(nameof(LogSoftmax), Backend.LogSoftmax(Value), new Edge(
        this, (g, y) => g - (y.Exp() * g.Sum(Innermost, keepAxes: true))));

    /// <summary>Layer norm: <c>(x - mean x) / sqrt(var x + ε)</c>.</summary>
    public Variable LayerNormalize(double epsilon = 1e-5) => Normalize(Normalization.Layer, epsilon);

    /// <summary>RMS norm: <c>x / sqrt(mean x² + ε)</c>.</summary>
    public Variable RootMeanSquareNormalize(double epsilon = 1e-5) => Normalize(Normalization.RootMeanSquare, epsilon);

    /// <summary>L2 norm: <c>x / sqrt(sum x² + ε)</c>.</summary>
    public Variable UnitNormalize(double epsilon = 1e-12) => Normalize(Normalization.Unit, epsilon);

    private Variable Normalize(Normalization normalization, double epsilon) => Tape.Add(
        normalization.ToString(),
        Backend.Normalize(normalization, Value, epsilon),
        new Edge(this, (g, y) => NormalizationRule(normalization, epsilon, g, y)));

    /// <summary>With <c>y = r x</c>: <c>r (g - y avg(g y))</c>, where avg is the mean, or the sum for the L2 norm.</summary>
    private Variable NormalizationRule(Normalization normalization, double epsilon, Variable g, Variable y)
    {
        if (Shape.ElementCount == 0)
        {
            return g;
        }

        if (Fused?.NormalizeGradient(normalization, Value, y.Value, epsilon, g.Value) is { } fused)
        {
            return Tape.AddGradient(nameof(IFusedGradients.NormalizeGradient), fused, y, g);
        }

        Reduction average = normalization == Normalization.Unit ? Reduction.Sum : Reduction.Mean;
        Variable x = normalization == Normalization.Layer ? this - Mean(Innermost, keepAxes: true) : this;
        Variable power = (x * x).Reduce(average, Innermost, keepAxes: true);
        Variable part = (g - (y * (g * y).Reduce(average, Innermost, keepAxes: true))) / (power + epsilon).SquareRoot();
        return normalization == Normalization.Layer ? part - part.Mean(Innermost, keepAxes: true) : part;
    }
}
