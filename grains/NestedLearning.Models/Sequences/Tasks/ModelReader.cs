using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>A sequence model that expects what is likeliest, and knows of a stream what its state holds.</summary>
internal sealed class ModelReader(SequenceModel model, int streams) : ITaskReader
{
    private readonly SequenceStream _stream = new(model, streams);

    public int[] Read(ReadOnlyMemory<int> tokens, ReadOnlyMemory<int> asked) => _stream.Read(tokens, logits =>
    {
        if (asked.IsEmpty)
        {
            return [];
        }

        int vocabulary = logits.Shape[^1];
        float[] rows = logits.Reshape([tokens.Length, vocabulary]).GatherRows(asked).ToArray();
        return (int[])[.. Enumerable.Range(0, asked.Length).Select(row => Vectors.ArgMax(rows.AsSpan(row * vocabulary, vocabulary)))];
    });

    public void Dispose() => _stream.Dispose();
}
