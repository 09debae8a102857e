namespace NestedLearning.Tensors;

/// <summary>The delta scan, a round for each memory. <paramref name="kept"/> gets the memories between two chunks.</summary>
internal readonly unsafe struct DeltaScanWork(
    DeltaShape shape, DeltaOperands<ManagedTensor> operands, ManagedTensor reads, ManagedTensor state, ManagedTensor? kept) : IRangeWork
{
    public void Run(int start, int end)
    {
        TileMemory needed = default;
        _ = new Buffers(shape, ref needed);
        float* values = Scratch.Scan(needed.Length);
        new Span<float>(values, needed.Length).Clear();
        var memory = new TileMemory(values);
        var buffers = new Buffers(shape, ref memory);
        for (int i = start; i < end; i++)
        {
            Run(i, buffers);
        }
    }

    private void Run(int memory, in Buffers buffers)
    {
        Operand current = buffers.Chunk.State;
        int size = shape.KeySize * shape.ValueSize;
        TileRows.Load(operands.State.Values.Slice(memory * size, size), shape.ValueSize, current);
        for (int chunk = 0; chunk < shape.Chunks; chunk++)
        {
            if (chunk > 0 && kept is not null)
            {
                int boundary = (memory * (shape.Chunks - 1)) + chunk - 1;
                TileRows.Store(current, shape.ValueSize, kept.Values.Slice(boundary * size, size));
            }

            int first = chunk * shape.ChunkLength;
            Advance((memory * shape.Time) + first, Math.Min(shape.ChunkLength, shape.Time - first), buffers);
        }

        TileRows.Store(current, shape.ValueSize, state.Values.Slice(memory * size, size));
    }

    /// <summary><c>y_t = D_t0 q_t S + Σ_(s&lt;=t) D_ts (q_t·k_s) w_s</c>, then <c>S = D_C0 S + Σ_s D_Cs k_sᵀ w_s</c>.</summary>
    private void Advance(int token, int count, in Buffers buffers)
    {
        DeltaChunk chunk = buffers.Chunk;
        chunk.Load(operands, token, count);
        chunk.Solve(count);
        Operand writes = chunk.Writes.Slice(0, 0, count, chunk.Writes.Columns);
        Operand read = buffers.Reads.Slice(0, 0, count, buffers.Reads.Columns);
        TileProduct.Set(chunk.Queries.Slice(0, 0, count, chunk.Queries.Columns), chunk.State, read);
        TileRows.Scale(1, chunk.Left + 1, read, read);
        TileProduct.AddLower(chunk.Attention.Slice(0, 0, count, count), writes, read);
        TileRows.Store(read, shape.ValueSize, reads.Values.Slice(token * shape.ValueSize, count * shape.ValueSize));

        TileRows.Scale(1, chunk.DecaysAfter(count).At(count - 1, 0), writes, writes);
        TileRows.Scale(chunk.Left[count], chunk.State);
        TileProduct.Add(chunk.Keys.Slice(0, 0, count, chunk.Keys.Columns).Transposed, writes, chunk.State);
    }

    /// <summary>The working memory of a scan.</summary>
    private readonly struct Buffers
    {
        public readonly DeltaChunk Chunk;
        public readonly Operand Reads;

        public Buffers(DeltaShape shape, ref TileMemory memory)
        {
            Chunk = new DeltaChunk(shape, ref memory);
            Reads = memory.Take(shape.ChunkLength, shape.ValueSize);
        }
    }
}
