using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>How far predictions of the next token are from what came.</summary>
public static class CrossEntropy
{
    /// <summary>
    /// The mean of <c>−log p(target)</c> in nats, over all targets.
    /// </summary>
    /// <param name="logits">[streams, time, vocabulary].</param>
    /// <param name="targets">[streams, time], row-major.</param>
    /// <exception cref="ArgumentException">There are not as many targets as predictions.</exception>
    public static Variable Mean(Variable logits, ReadOnlyMemory<int> targets)
    {
        int vocabulary = logits.Shape[^1];
        int count = logits.Shape.ElementCount / vocabulary;
        if (targets.Length != count)
        {
            throw new ArgumentException($"There are {targets.Length} targets, accepted for logits {logits.Shape}: {count}.", nameof(targets));
        }

        int[] rows = new int[count];
        for (int i = 0; i < count; i++)
        {
            rows[i] = (i * vocabulary) + targets.Span[i];
        }

        return -logits.LogSoftmax().Reshape([count * vocabulary, 1]).GatherRows(rows).Mean();
    }
}
