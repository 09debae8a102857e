using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>Streams of one length, and the answers that count in them.</summary>
/// <param name="Streams">How many streams there are.</param>
/// <param name="Tokens">[streams, length], row-major.</param>
/// <param name="Answers">The answers, in any order.</param>
public sealed record TaskBatch(int Streams, ReadOnlyMemory<int> Tokens, IReadOnlyList<TaskAnswer> Answers)
{
    /// <summary>The tokens of each stream.</summary>
    public int Length => Tokens.Length / Streams;

    /// <summary>For training: the mean of <c>−log p(target)</c> in nats over all targets; other positions do not count.</summary>
    /// <param name="logits">What a model made of the tokens, [streams, length, vocabulary].</param>
    public Variable Loss(Variable logits)
    {
        int[] rows = [.. Answers.SelectMany(answer => Enumerable.Range((answer.Stream * Length) + answer.Position, answer.Targets.Length))];
        int[] targets = [.. Answers.SelectMany(answer => answer.Targets.ToArray())];
        return CrossEntropy.Mean(logits.Reshape([Tokens.Length, logits.Shape[^1]]).GatherRows(rows), targets);
    }
}
