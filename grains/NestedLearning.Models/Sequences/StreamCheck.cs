using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>Whether tensors from outside are the state of one stream of a model. What passes here never fails further in.</summary>
internal static class StreamCheck
{
    private const string Accepted = "a state that this model has saved";

    /// <summary>The longest stream; a position beyond it has no exact float64.</summary>
    private const long MaxPosition = 1L << 52;

    /// <exception cref="TensorMissingException">A part is missing.</exception>
    /// <exception cref="InvalidStreamException">A part is another one than the model's.</exception>
    public static void Check(SequenceModel model, TensorSet saved)
    {
        Shape[][] shapes = model.StateShapes();
        long[] numbers = saved.Get<IntegerTensor>(StreamState.Numbers).Values.ToArray();
        Require(numbers.Length >= 2 && numbers[0] == 1, "the number of streams", numbers.Length == 0 ? "missing" : $"{numbers[0]}", "1");
        Require(numbers[1] is >= 0 and <= MaxPosition, "the position", $"{numbers[1]}", $"0 to {MaxPosition}");
        Require(numbers[2..].SequenceEqual(shapes.Select(block => (long)block.Length)), "what each block knows", string.Join(", ", numbers[2..]), Accepted);
        for (int block = 0; block < shapes.Length; block++)
        {
            for (int part = 0; part < shapes[block].Length; part++)
            {
                CheckPart(saved.Get<DenseTensor>(StreamState.NameOf(block, part)), shapes[block][part], numbers[1], model.Settings.AttentionLength);
            }
        }
    }

    /// <summary>Attention, whose parts have no tokens [streams, heads, tokens, size] at first, knows the last ones of those that it sees.</summary>
    private static void CheckPart(DenseTensor part, Shape begin, long position, int attentionLength)
    {
        int[] shape = [.. begin];
        if (shape is [_, _, 0, _])
        {
            shape[2] = (int)Math.Min(position, attentionLength - 1);
        }

        Require(part.Shape.SequenceEqual(shape), $"the shape of '{part.Name}'", $"[{string.Join(", ", part.Shape)}]", $"[{string.Join(", ", shape)}]");
        Require(part.Values.Length == shape.Aggregate(1L, (product, size) => product * size), $"the size of '{part.Name}'", $"{part.Values.Length}", "that of its shape");
        foreach (float value in part.Values.Span)
        {
            Require(float.IsFinite(value), $"a value of '{part.Name}'", FormattableString.Invariant($"{value}"), "finite numbers of float32");
        }
    }

    private static void Require(bool holds, string subject, string value, string accepted)
    {
        if (!holds)
        {
            throw new InvalidStreamException(subject, value, accepted);
        }
    }
}
