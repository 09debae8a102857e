namespace NestedLearning.Tensors.Contracts;

/// <summary>
/// A function as a single number, its result weighted by fixed random numbers; and the slope of that number in a fixed random
/// direction, which is what a second gradient is a gradient of.
/// </summary>
public sealed class GradientCheck(Func<Variable[], Variable> function)
{
    /// <summary>The weighted result.</summary>
    public double Value(ITensorBackend backend, Tensor[] inputs)
    {
        using var tape = new Tape(backend);
        return Read(Weighted(tape, Parameters(tape, inputs)))[0];
    }

    /// <summary>The gradients of the weighted result.</summary>
    public double[][] Gradients(ITensorBackend backend, Tensor[] inputs)
    {
        using var tape = new Tape(backend);
        Variable[] parameters = Parameters(tape, inputs);
        return Array.ConvertAll(tape.Gradients(Weighted(tape, parameters), parameters), Read);
    }

    /// <summary>The slope of the weighted result, from gradients that cannot be differentiated again.</summary>
    public double Slope(ITensorBackend backend, Tensor[] inputs)
    {
        using var tape = new Tape(backend);
        return Read(Slope(tape, Parameters(tape, inputs), createGraph: false))[0];
    }

    /// <summary>The gradients of the slope.</summary>
    public double[][] SecondGradients(ITensorBackend backend, Tensor[] inputs)
    {
        using var tape = new Tape(backend);
        Variable[] parameters = Parameters(tape, inputs);
        return Array.ConvertAll(tape.Gradients(Slope(tape, parameters, createGraph: true), parameters), Read);
    }

    private static Variable[] Parameters(Tape tape, Tensor[] inputs) => Array.ConvertAll(inputs, tape.Parameter);

    private Variable Weighted(Tape tape, Variable[] parameters)
    {
        Variable result = function(parameters);
        return (result * tape.Own(tape.Backend.Normal(result.Shape, 1))).Sum();
    }

    private Variable Slope(Tape tape, Variable[] parameters, bool createGraph)
    {
        Variable[] gradients = tape.Gradients(Weighted(tape, parameters), parameters, createGraph: createGraph);
        Variable slope = tape.Fill([], 0);
        for (int i = 0; i < gradients.Length; i++)
        {
            Assert.Equal(parameters[i].Shape, gradients[i].Shape);
            slope += (gradients[i] * tape.Own(tape.Backend.Normal(gradients[i].Shape, (ulong)(i + 2)))).Sum();
        }

        return slope;
    }

    private static double[] Read(Variable variable) => variable.Value is Float64Tensor exact
        ? exact.Values
        : Array.ConvertAll(variable.ToArray(), value => (double)value);
}
