using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// A causal depthwise convolution over a few tokens and a SiLU (Nested Learning, Section 8.3): <c>silu(Σ_j taps_j x_(t-j))</c>. It knows
/// the last tokens of each stream, [streams, taps - 1, width].
/// </summary>
internal sealed class ShortConvolution(ParameterFactory factory, string name, int taps, int width)
{
    private readonly Parameter _taps = factory.Taps($"{name}/taps", taps, width);

    public Variable Begin(Tape tape, int streams) => tape.Fill([streams, taps - 1, width], 0);

    public Variable Apply(BoundParameters parameters, Variable x, ref Variable last)
    {
        Variable all = Variable.Concatenate(1, last, x);
        last = all.Slice(1, x.Shape[1], taps - 1);
        return all.CausalConvolution(parameters[_taps]).Slice(1, taps - 1, x.Shape[1]).Silu();
    }
}
