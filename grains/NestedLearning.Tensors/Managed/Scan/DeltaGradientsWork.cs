namespace NestedLearning.Tensors;

/// <summary>The gradients of the delta scan, a round for each memory, from its last chunk to its first.</summary>
/// <param name="shape">The sizes.</param>
/// <param name="operands">The operands of the scan.</param>
/// <param name="final">The memories after the last token.</param>
/// <param name="kept">The memories between two chunks; none where there is one chunk.</param>
/// <param name="reads">The gradient at the reads, if any.</param>
/// <param name="state">The gradient at the last memories, if any.</param>
/// <param name="gradients">Where the gradients at the operands go.</param>
internal readonly unsafe struct DeltaGradientsWork(
    DeltaShape shape,
    DeltaOperands<ManagedTensor> operands,
    ManagedTensor final,
    ManagedTensor? kept,
    ManagedTensor? reads,
    ManagedTensor? state,
    DeltaOperands<ManagedTensor> gradients) : IRangeWork
{
    private int StateSize => shape.KeySize * shape.ValueSize;

    public void Run(int start, int end)
    {
        TileMemory needed = default;
        _ = new DeltaChunkGradients(shape, new DeltaChunk(shape, ref needed), ref needed);
        float* values = Scratch.Scan(needed.Length);
        new Span<float>(values, needed.Length).Clear();
        var memory = new TileMemory(values);
        var chunk = new DeltaChunk(shape, ref memory);
        var chunkGradients = new DeltaChunkGradients(shape, chunk, ref memory);
        for (int i = start; i < end; i++)
        {
            Run(i, chunk, chunkGradients);
        }
    }

    private void Run(int memory, in DeltaChunk chunk, in DeltaChunkGradients into)
    {
        if (state is null)
        {
            TileRows.Clear(into.State);
        }
        else
        {
            TileRows.Load(Memory(state, memory), shape.ValueSize, into.State);
        }

        TileRows.Load(Memory(final, memory), shape.ValueSize, chunk.State);
        for (int i = shape.Chunks - 1; i >= 0; i--)
        {
            float stateProduct = TileRows.Dot(chunk.State.Data, into.State.Data, chunk.State.Rows * chunk.State.Columns);
            Span<float> before = i == 0 ? Memory(operands.State, memory) : Memory(kept!, (memory * (shape.Chunks - 1)) + i - 1);
            TileRows.Load(before, shape.ValueSize, chunk.State);
            int first = i * shape.ChunkLength;
            Retreat((memory * shape.Time) + first, Math.Min(shape.ChunkLength, shape.Time - first), stateProduct, chunk, into);
        }

        TileRows.Store(into.State, shape.ValueSize, Memory(gradients.State, memory));
    }

    private void Retreat(int token, int count, float stateProduct, in DeltaChunk chunk, in DeltaChunkGradients into)
    {
        chunk.Load(operands, token, count);
        chunk.Solve(count);
        if (reads is null)
        {
            TileRows.Clear(into.Reads);
        }
        else
        {
            TileRows.Load(Tokens(reads, token, count), shape.ValueSize, into.Reads);
        }

        into.Compute(count, stateProduct);
        TileRows.Store(into.Queries, shape.KeySize, Tokens(gradients.Queries, token, count));
        TileRows.Store(into.Keys, shape.KeySize, Tokens(gradients.Keys, token, count));
        TileRows.Store(into.Errors, shape.ValueSize, Tokens(gradients.Values, token, count));
        new ReadOnlySpan<float>(into.Rates, count).CopyTo(gradients.Rates.Values[token..]);
        new ReadOnlySpan<float>(into.LogRetentions, count).CopyTo(gradients.LogRetentions.Values[token..]);
    }

    private Span<float> Memory(ManagedTensor tensor, int memory) => tensor.Values.Slice(memory * StateSize, StateSize);

    private static Span<float> Tokens(ManagedTensor tensor, int token, int count) =>
        tensor.Values.Slice(token * tensor.Shape[^1], count * tensor.Shape[^1]);
}
