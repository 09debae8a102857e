namespace NestedLearning.Tensors;

/// <content>Matrix products, rows of tables and convolutions.</content>
public sealed partial class Variable
{
    /// <summary>
    /// Products of the matrices along the two innermost axes, each transposed first on request; the outer axes broadcast.
    /// </summary>
    public Variable MatrixMultiply(Variable other, bool transpose = false, bool transposeOther = false)
    {
        Tape.Require(other);
        if (Shape.Rank > 2 && other.Shape.Rank == 2 && !transpose && Shape.ElementCount > 0)
        {
            // One product with all rows, whose gradient by the other operand needs no sum over the outer axes.
            Variable product = Reshape([Shape.ElementCount / Shape[^1], Shape[^1]]).MatrixMultiply(other, false, transposeOther);
            return product.Reshape([.. Shape.Dimensions[..^1], product.Shape[^1]]);
        }

        return Tape.Add(
            nameof(MatrixMultiply),
            Backend.MatrixMultiply(Value, other.Value, transpose, transposeOther),
            new Edge(this, (g, _) => (transpose
                ? other.MatrixMultiply(g, transposeOther, true)
                : g.MatrixMultiply(other, false, !transposeOther)).SumTo(Shape)),
            new Edge(other, (g, _) => (transposeOther
                ? g.MatrixMultiply(this, true, transpose)
                : MatrixMultiply(g, !transpose, false)).SumTo(other.Shape)));
    }

    /// <summary>The rows of this table [rows, ...] at <paramref name="rows"/> [n], of shape [n, ...].</summary>
    /// <remarks>The list of rows must not change while the tape lives.</remarks>
    public Variable GatherRows(ReadOnlyMemory<int> rows) => Tape.Add(
        nameof(GatherRows),
        Backend.GatherRows(Value, rows.Span),
        new Edge(this, (g, _) => g.ScatterAddRows(rows, Shape[0])));

    /// <summary>
    /// A table of <paramref name="rowCount"/> rows of zeros, to which row i of this [n, ...] is added at
    /// <paramref name="rows"/>[i].
    /// </summary>
    /// <remarks>The list of rows must not change while the tape lives.</remarks>
    public Variable ScatterAddRows(ReadOnlyMemory<int> rows, int rowCount) => Tape.Add(
        nameof(ScatterAddRows),
        Backend.ScatterAddRows(Value, rows.Span, rowCount),
        new Edge(this, (g, _) => g.GatherRows(rows)));

    /// <summary>
    /// The causal depthwise convolution of this [..., time, channels] with <paramref name="taps"/> [count, channels]:
    /// <c>y_t = Σ_j taps_j x_(t-j)</c>.
    /// </summary>
    public Variable CausalConvolution(Variable taps)
    {
        Tape.Require(taps);
        return Convolve(taps, anticausal: false);
    }

    /// <summary>
    /// The convolution, its mirror image in time and the gradient of its taps are the three derivatives of
    /// <c>Σ_tj y_t taps_j x_(t-j)</c>, so each one's rule consists of the other two.
    /// </summary>
    private Variable Convolve(Variable taps, bool anticausal) => Tape.Add(
        nameof(Convolve),
        Backend.Convolve(Value, taps.Value, anticausal),
        new Edge(this, (g, _) => g.Convolve(taps, !anticausal)),
        new Edge(taps, (g, _) => anticausal
            ? g.ConvolutionTaps(this, taps.Shape[0])
            : ConvolutionTaps(g, taps.Shape[0])));

    private Variable ConvolutionTaps(Variable y, int count) => Tape.Add(
        nameof(ConvolutionTaps),
        Backend.ConvolutionTaps(Value, y.Value, count),
        new Edge(this, (g, _) => y.Convolve(g, anticausal: true)),
        new Edge(y, (g, _) => Convolve(g, anticausal: false)));
}
