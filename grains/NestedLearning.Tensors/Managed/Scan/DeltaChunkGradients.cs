namespace NestedLearning.Tensors;

/// <summary>
/// The gradients of one chunk of one memory's delta scan. With G for the gradient that arrives at a result, and those at the
/// errors r from <see cref="DeltaChunk"/>, all of them are products of the chunk's matrices; the gradient at log α_t is the
/// sum over the moments from t on of how much the decays up to a moment, less those from it on, count.
/// </summary>
internal readonly unsafe struct DeltaChunkGradients
{
    private const int SolvedTogether = 4;
    private readonly DeltaChunk _chunk;
    private readonly Operand _stateColumns;
    private readonly Operand _stateGradientColumns;
    private readonly Operand _writeColumns;
    private readonly Operand _writes;
    private readonly Operand _scaled;
    private readonly Operand _readOverlaps;
    private readonly Operand _errorOverlaps;
    private readonly Operand _keyRows;

    /// <summary>Takes what the gradients of a chunk need from <paramref name="memory"/>.</summary>
    public DeltaChunkGradients(DeltaShape shape, in DeltaChunk chunk, ref TileMemory memory)
    {
        _chunk = chunk;
        (int length, int keySize, int valueSize) = (shape.ChunkLength, chunk.Keys.Columns, chunk.Writes.Columns);
        State = memory.Take(keySize, valueSize);
        Reads = memory.Take(length, valueSize);
        Queries = memory.Take(length, keySize);
        Keys = memory.Take(length, keySize);
        Errors = memory.Take(length, valueSize);
        Rates = memory.Take(length);
        LogRetentions = memory.Take(length);
        _stateColumns = memory.Take(valueSize, keySize);
        _stateGradientColumns = memory.Take(valueSize, keySize);
        _writeColumns = memory.Take(valueSize, length);
        _writes = memory.Take(length, valueSize);
        _scaled = memory.Take(length, valueSize);
        _readOverlaps = memory.Take(length, length);
        _errorOverlaps = memory.Take(length, length);
        _keyRows = memory.Take(length, keySize);
    }

    /// <summary>The gradient at the memory, after the chunk and then before it, [keys, values].</summary>
    public readonly Operand State;

    /// <summary>The gradient at the reads, [chunk, values].</summary>
    public readonly Operand Reads;

    /// <summary>The gradient at the queries, [chunk, keys].</summary>
    public readonly Operand Queries;

    /// <summary>The gradient at the keys, [chunk, keys].</summary>
    public readonly Operand Keys;

    /// <summary>The gradient at the errors, which is that at the values, [chunk, values].</summary>
    public readonly Operand Errors;

    /// <summary>The gradient at the rates, [chunk].</summary>
    public readonly float* Rates;

    /// <summary>The gradient at the logarithms of the retentions, [chunk].</summary>
    public readonly float* LogRetentions;

    /// <summary>Computes all of a chunk that is loaded and solved.</summary>
    /// <param name="count">The number of tokens.</param>
    /// <param name="stateProduct">The inner product of the memory after the chunk with its gradient.</param>
    public void Compute(int count, float stateProduct)
    {
        Solve(count);
        Overlap(count);
        Operand stateGradient = _stateGradientColumns;
        Transposition.Copy(_chunk.State, _stateColumns.Transposed);
        Transposition.Copy(State, stateGradient.Transposed);
        TileRows.Scale(_chunk.Left[count], State);

        // What reads the memory at the chunk's start: the queries, and the keys of the errors.
        Operand scaled = Rows(_scaled, count);
        TileRows.Scale(1, _chunk.Left + 1, Rows(Reads, count), scaled);
        TileProduct.Set(scaled, _stateColumns, Rows(Queries, count));
        TileProduct.Add(Rows(_chunk.Queries, count).Transposed, scaled, State);
        TileRows.Scale(-1, _chunk.Left, Rows(Errors, count), scaled);
        TileProduct.Set(scaled, _stateColumns, Rows(_keyRows, count));
        TileProduct.Add(Rows(_chunk.Keys, count).Transposed, scaled, State);

        // What writes: the keys, to the memory at the chunk's end and to later tokens of the chunk.
        TileRows.Scale(1, _chunk.DecaysAfter(count).At(count - 1, 0), Rows(_chunk.Writes, count), scaled);
        TileProduct.Set(scaled, stateGradient, Rows(Keys, count));
        Operand reads = _readOverlaps.Slice(0, 0, count, count);
        Operand errors = _errorOverlaps.Slice(0, 0, count, count);
        TileProduct.AddLower(reads, Rows(_chunk.Keys, count), Rows(Queries, count));
        TileProduct.AddLower(errors, Rows(_chunk.Keys, count), Rows(_keyRows, count));
        TileProduct.AddUpper(reads.Transposed, Rows(_chunk.Queries, count), Rows(Keys, count));
        TileProduct.AddUpper(errors.Transposed, Rows(_chunk.Keys, count), Rows(Keys, count));
        Retain(count, stateProduct);
    }

    private static Operand Rows(in Operand matrix, int count) => matrix.Slice(0, 0, count, matrix.Columns);

    /// <summary>The gradients at the writes and the errors, a few tokens at a time from the last on.</summary>
    private void Solve(int count)
    {
        Operand writes = Rows(_writes, count);
        TileProduct.Set(Rows(_chunk.Keys, count), State, writes);
        TileRows.Scale(1, _chunk.DecaysAfter(count).At(count - 1, 0), writes, writes);
        TileProduct.AddUpper(_chunk.Attention.Slice(0, 0, count, count).Transposed, Rows(Reads, count), writes);
        for (int first = (count - 1) / SolvedTogether * SolvedTogether; first >= 0; first -= SolvedTogether)
        {
            int end = Math.Min(count, first + SolvedTogether);
            TileProduct.Add(
                _chunk.Overlaps.Slice(end, first, count - end, end - first).Transposed,
                Errors.Slice(end, 0, count - end, Errors.Columns),
                writes.Slice(first, 0, end - first, writes.Columns));
            for (int token = end - 1; token >= first; token--)
            {
                for (int later = token + 1; later < end; later++)
                {
                    TileRows.AddTo(*_chunk.Overlaps.At(later, token), Errors.At(later, 0), writes.At(token, 0), writes.Columns);
                }

                Rates[token] = TileRows.Dot(writes.At(token, 0), _chunk.Errors.At(token, 0), writes.Columns);
                TileRows.Scale(1, _chunk.Rates + token, writes.Slice(token, 0, 1, writes.Columns), Errors.Slice(token, 0, 1, Errors.Columns));
            }
        }
    }

    /// <summary>The gradients at the products of queries and keys, and at those of keys and keys.</summary>
    private void Overlap(int count)
    {
        Transposition.Copy(Rows(_chunk.Writes, count), _writeColumns.Slice(0, 0, _writeColumns.Rows, count).Transposed);
        TileProduct.Set(Rows(Reads, count), _writeColumns, Rows(_readOverlaps, count));
        TileRows.Multiply(1, _readOverlaps, _chunk.DecaysAfter(count), Rows(_readOverlaps, count));
        TileProduct.Set(Rows(Errors, count), _writeColumns, Rows(_errorOverlaps, count));
        TileRows.Multiply(-1, _errorOverlaps, _chunk.DecaysBefore(count), Rows(_errorOverlaps, count));
    }

    /// <summary>
    /// The gradient at the logarithms of the retentions. What a query or a key reads decays up to its moment, what a key
    /// writes decays from its moment on; the inner product of either with its gradient says by how much it counts.
    /// </summary>
    private void Retain(int count, float stateProduct)
    {
        int columns = Keys.Columns;
        float sum = stateProduct;
        for (int token = count - 1; token >= 0; token--)
        {
            float* key = _chunk.Keys.At(token, 0);
            sum += TileRows.Dot(_chunk.Queries.At(token, 0), Queries.At(token, 0), columns);
            sum -= TileRows.Dot(key, Keys.At(token, 0), columns);
            LogRetentions[token] = sum;
            sum += TileRows.Dot(key, _keyRows.At(token, 0), columns);
            TileRows.AddTo(1, _keyRows.At(token, 0), Keys.At(token, 0), columns);
        }
    }
}
