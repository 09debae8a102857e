using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>A loss of a model on some streams, and the gradients of all its parameters, on one tape.</summary>
internal sealed class SequenceGradients : IDisposable
{
    private readonly Tape _tape;

    private SequenceGradients(Tape tape, double loss, Variable[] all)
    {
        _tape = tape;
        Loss = loss;
        All = all;
    }

    /// <summary>The loss.</summary>
    public double Loss { get; }

    /// <summary>The gradients, in the order of the parameters.</summary>
    public Variable[] All { get; }

    /// <summary>Reads streams, each from its beginning.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokens">[streams, time], row-major.</param>
    /// <param name="streams">How many streams there are.</param>
    /// <param name="loss">The loss of the logits [streams, time, vocabulary], one number.</param>
    public static SequenceGradients Of(SequenceModel model, ReadOnlyMemory<int> tokens, int streams, Func<Variable, Variable> loss)
    {
        Tape tape = new(model.Backend);
        try
        {
            BoundParameters parameters = new(tape, model.Parameters);
            Variable value = loss(model.Read(parameters, tokens, streams, null).Logits);
            double number = value.ToArray()[0];
            return new SequenceGradients(tape, number, tape.Gradients(value, [.. parameters.Groups.SelectMany(group => group)]));
        }
        catch
        {
            tape.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _tape.Dispose();
}
