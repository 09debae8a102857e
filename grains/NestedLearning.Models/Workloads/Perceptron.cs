using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// A network of two layers with gelu between them that learns random answers to random inputs by AdamW, on any backend: what one step of
/// training costs.
/// </summary>
public sealed class Perceptron : IDisposable
{
    private readonly ITensorBackend _backend;
    private readonly ParameterSet _parameters;
    private readonly Optimiser _optimiser;
    private readonly Tensor _inputs;
    private readonly Tensor _answers;
    private readonly Gradient[] _gradients;

    /// <summary>Layers [<paramref name="width"/>, <paramref name="hidden"/>] and back, and a batch of <paramref name="batch"/> rows.</summary>
    public Perceptron(ITensorBackend backend, int width, int hidden, int batch)
    {
        _backend = backend;
        _parameters = new ParameterSet(backend, new ParameterGroup(
            "network",
            0,
            new Parameter("in/weights", Weights(width, hidden, 1)),
            new Parameter("in/bias", backend.Fill([hidden], 0)),
            new Parameter("out/weights", Weights(hidden, width, 2)),
            new Parameter("out/bias", backend.Fill([width], 0))));
        _optimiser = new Optimiser(backend, _parameters[0], new(new AdamWSettings(), new LearningRateSchedule(1e-3), 0.01));
        _inputs = backend.Normal([batch, width], 3);
        _answers = backend.Normal([batch, width], 4);
        _gradients = [.. _parameters[0].Select((parameter, i) => new Gradient(backend.Normal(parameter.Shape, (ulong)i)))];
    }

    /// <summary>One step of training; the loss before it.</summary>
    public float Train()
    {
        using var tape = new Tape(_backend);
        Variable[] parameters = _parameters[0].On(tape);
        Variable hidden = (tape.Constant(_inputs).MatrixMultiply(parameters[0]) + parameters[1]).Gelu();
        Variable error = hidden.MatrixMultiply(parameters[2]) + parameters[3] - tape.Constant(_answers);
        Variable loss = (error * error).Mean();
        _optimiser.Step(tape.Gradients(loss, parameters));
        return loss.ToArray()[0];
    }

    /// <summary>A step of the optimiser alone, always along the same gradients.</summary>
    public void Step() => _optimiser.Step(_gradients);

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimiser.Dispose();
        _parameters.Dispose();
        _inputs.Dispose();
        _answers.Dispose();
        Array.ForEach(_gradients, gradient => gradient.Value.Dispose());
    }

    private Tensor Weights(int rows, int columns, ulong seed)
    {
        using Tensor normal = _backend.Normal([rows, columns], seed);
        return _backend.Affine(normal, 1 / Math.Sqrt(3.0 * rows), 0);
    }
}
