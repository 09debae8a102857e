namespace NestedLearning.Tensors;

/// <summary>
/// A tensor on a <see cref="Tape"/>, which remembers what it was computed from. Operators and methods of this class are the
/// differentiable operations; their gradient rules use the same operations, so gradients can be differentiated again.
/// </summary>
/// <remarks>Numbers broadcast: <c>1 - x</c> needs no tensor. Operands of one operation are on one tape.</remarks>
public sealed partial class Variable
{
    internal Variable(Tape tape, Tensor value, int position, GradientRecord? record)
    {
        Tape = tape;
        Value = value;
        Position = position;
        Record = record;
    }

    /// <summary>The tape that it is on.</summary>
    public Tape Tape { get; }

    /// <summary>The value. The tape disposes it; <see cref="Keep"/> gives one that outlives the tape.</summary>
    public Tensor Value { get; }

    /// <summary>The shape of the value.</summary>
    public Shape Shape => Value.Shape;

    /// <summary>Whether gradients can flow to it: it is a parameter, or was computed from one while the tape recorded.</summary>
    public bool NeedsGradient => Position >= 0;

    /// <summary>The place in the order of computation among those that need gradients, else -1.</summary>
    internal int Position { get; }

    /// <summary>How gradients flow on from here; none for parameters and constants.</summary>
    internal GradientRecord? Record { get; }

    /// <summary>How many sums of a gradient computation hold it.</summary>
    internal int Holders { get; set; }

    /// <summary>The value as a tensor that the caller owns and that shares this one's memory.</summary>
    public Tensor Keep() => Tape.Backend.Reshape(Value, Shape);

    /// <summary>The same value as a constant: no gradient flows through it.</summary>
    public Variable Detach() => Tape.Own(Keep());

    /// <summary>The elements, row-major.</summary>
    public float[] ToArray()
    {
        float[] values = new float[Shape.ElementCount];
        Tape.Backend.Read(Value, values);
        return values;
    }

    /// <inheritdoc/>
    public override string ToString() => $"variable {Shape}";
}
