using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>What a sequence model makes of tokens.</summary>
/// <param name="Hidden">What the blocks made of each token, normalized, of which the logits are a map, [streams, time, width].</param>
/// <param name="Logits">For each token how likely each token follows it, before the softmax, [streams, time, vocabulary].</param>
/// <param name="Memories">What the streams have written to the matrix memories, block by block, [streams, heads, size, size]; none with softmax attention.</param>
/// <param name="State">What is known of the streams then, on the tape, block by block.</param>
/// <param name="Position">How many tokens each stream has had.</param>
public sealed record SequencePass(Variable Hidden, Variable Logits, IReadOnlyList<Variable> Memories, IReadOnlyList<Variable[]> State, long Position)
{
    /// <summary>The state as one that outlives the tape.</summary>
    public StreamState Keep() => new(Logits.Tape.Backend, Logits.Shape[0], Position, [.. State.Select(block => Array.ConvertAll(block, variable => variable.Keep()))]);
}
