namespace NestedLearning.Tensors;

/// <content>Gradients.</content>
public sealed partial class Tape
{
    /// <summary>
    /// The gradients of <paramref name="output"/> with respect to each of <paramref name="inputs"/>, of their shapes; zeros
    /// where the output does not depend on one.
    /// </summary>
    /// <param name="output">A single number, or any shape when <paramref name="seed"/> is given.</param>
    /// <param name="inputs">Parameters, or variables computed from them.</param>
    /// <param name="seed">The gradient that arrives at the output; 1 by default.</param>
    /// <param name="createGraph">
    /// Whether the gradients can be differentiated again. All that their computation makes then stays until the tape is
    /// disposed; otherwise it goes as soon as it has been used.
    /// </param>
    /// <exception cref="ShapeException">The output is not a single number, or the seed has another shape.</exception>
    /// <exception cref="ArgumentException">A variable is on another tape, or an input can have no gradient.</exception>
    public Variable[] Gradients(
        Variable output, IReadOnlyList<Variable> inputs, Variable? seed = null, bool createGraph = false)
    {
        Require(output);
        foreach (Variable input in inputs)
        {
            Require(input);
            if (!input.NeedsGradient)
            {
                throw new ArgumentException($"The {input} is a constant; it must be a parameter or computed from one.", nameof(inputs));
            }
        }

        using IDisposable? pause = createGraph ? null : NoGradient();
        seed = seed is null ? ScalarSeed(output) : CheckedSeed(output, seed);
        return new BackwardSweep(this, output, inputs, createGraph).Run(seed);
    }

    private Variable ScalarSeed(Variable output) => output.Shape.ElementCount == 1
        ? Fill(output.Shape, 1)
        : throw new ShapeException(nameof(Gradients), nameof(output), output.Shape.ToString(), "one element, or a seed");

    private Variable CheckedSeed(Variable output, Variable seed)
    {
        Require(seed);
        return seed.Shape.Equals(output.Shape)
            ? seed
            : throw new ShapeException(nameof(Gradients), nameof(seed), seed.Shape.ToString(), output.Shape.ToString());
    }
}
