namespace NestedLearning.Tensors;

/// <content>Memory for time: what a function computes inside is computed again for its gradient.</content>
public sealed partial class Tape
{
    /// <summary>
    /// The result of <paramref name="function"/>, of which the tape keeps nothing else. For the gradient, the function runs
    /// again; the gradient is the same but for the order in which parts of it are summed.
    /// </summary>
    /// <param name="function">
    /// Gets variables with the values of <paramref name="inputs"/>, on the tape that it is to compute on. It uses only
    /// those and what it makes itself, and computes the same each time.
    /// </param>
    /// <param name="inputs">All that the result depends on.</param>
    public Variable Checkpoint(Func<Variable[], Variable> function, params Variable[] inputs)
    {
        Array.ForEach(inputs, Require);
        var record = new GradientRecord(nameof(Checkpoint), inputs, (gradients, _) => IsRecording
            ? GradientsHere(function, inputs, gradients[0])
            : GradientsAside(function, inputs, gradients[0]!));
        using var inner = new Tape(Backend, _options);
        Variable result = function(Array.ConvertAll(inputs, input => inner.Constant(input.Value)));
        inner.Require(result);
        return Add(record, result.Keep())[0];
    }

    /// <summary>Computed again on this tape, because these gradients will be differentiated.</summary>
    internal Variable?[] GradientsHere(Func<Variable[], Variable> function, Variable[] inputs, Variable? gradient)
    {
        // Behind copies of its own, so that the walk back ends at the function's inputs.
        Variable[] copies = Array.ConvertAll(inputs, input => Add(
            nameof(Checkpoint), input.Keep(), new Edge(input, (g, _) => g)));
        Variable result = function(copies);
        Variable[] asked = Array.FindAll(copies, copy => copy.NeedsGradient);
        return Scatter(inputs, result.NeedsGradient ? Gradients(result, asked, gradient, createGraph: true) : null);
    }

    /// <summary>Computed again on a tape that ends with this.</summary>
    private Variable?[] GradientsAside(Func<Variable[], Variable> function, Variable[] inputs, Variable gradient)
    {
        using var inner = new Tape(Backend, _options);
        Variable[] copies = Array.ConvertAll(
            inputs, input => input.NeedsGradient ? inner.Parameter(input.Value) : inner.Constant(input.Value));
        Variable result = function(copies);
        Variable[] asked = Array.FindAll(copies, copy => copy.NeedsGradient);
        Variable[]? gradients = result.NeedsGradient ? inner.Gradients(result, asked, inner.Constant(gradient.Value)) : null;
        return Scatter(inputs, gradients is null ? null : Array.ConvertAll(gradients, part => Own(part.Keep())));
    }

    /// <summary>One gradient for each input, in their order; none where an input needs none.</summary>
    private static Variable?[] Scatter(Variable[] inputs, Variable[]? gradients)
    {
        int next = 0;
        return Array.ConvertAll(inputs, input => input.NeedsGradient && gradients is not null ? gradients[next++] : null);
    }
}
