namespace NestedLearning.Tensors;

/// <summary>
/// One chunk of one memory's delta scan, in working memory whose unused columns are 0. With the memory S at the chunk's
/// start and <c>D_ts</c>, the product of the retentions after token s up to token t (s = 0 is the start), token t writes
/// <c>w_t = η_t r_t</c> with <c>r_t = v_t - D_(t-1)0 k_t S - Σ_(s&lt;t) D_(t-1)s (k_t·k_s) w_s</c>.
/// </summary>
internal readonly unsafe struct DeltaChunk
{
    private const int SolvedTogether = 4;
    private readonly DeltaShape _shape;
    private readonly Operand _decays;
    private readonly float* _retentions;

    /// <summary>Takes what the chunks of a scan need from <paramref name="memory"/>.</summary>
    public DeltaChunk(DeltaShape shape, ref TileMemory memory)
    {
        _shape = shape;
        int length = shape.ChunkLength;
        int keySize = TileMemory.RoundUp(shape.KeySize);
        State = memory.Take(keySize, shape.ValueSize);
        Queries = memory.Take(length, keySize);
        Keys = memory.Take(length, keySize);
        KeyColumns = memory.Take(keySize, length);
        Errors = memory.Take(length, shape.ValueSize);
        Writes = memory.Take(length, shape.ValueSize);
        Overlaps = memory.Take(length, length);
        Attention = memory.Take(length, length);
        _decays = memory.Take(length + 1, length);
        Left = memory.Take(length + 1);
        Rates = memory.Take(length);
        _retentions = memory.Take(length);
    }

    /// <summary>S, [keys, values].</summary>
    public readonly Operand State;

    /// <summary>q, [chunk, keys].</summary>
    public readonly Operand Queries;

    /// <summary>k, [chunk, keys].</summary>
    public readonly Operand Keys;

    /// <summary>k, [keys, chunk].</summary>
    public readonly Operand KeyColumns;

    /// <summary>r, [chunk, values].</summary>
    public readonly Operand Errors;

    /// <summary>w, [chunk, values].</summary>
    public readonly Operand Writes;

    /// <summary><c>-D_(t-1)s (k_t·k_s)</c>, 0 unless s is before t, [chunk, chunk].</summary>
    public readonly Operand Overlaps;

    /// <summary><c>D_ts (q_t·k_s)</c>, 0 where s is after t, [chunk, chunk].</summary>
    public readonly Operand Attention;

    /// <summary><c>D_t0</c> from t = 0 on, [chunk + 1].</summary>
    public readonly float* Left;

    /// <summary>η, [chunk].</summary>
    public readonly float* Rates;

    /// <summary><c>D_ts</c> for the moments t before each token, [chunk, chunk].</summary>
    public Operand DecaysBefore(int count) => _decays.Slice(0, 0, count, _decays.Columns);

    /// <summary><c>D_ts</c> for the moments t after each token, [chunk, chunk].</summary>
    public Operand DecaysAfter(int count) => _decays.Slice(1, 0, count, _decays.Columns);

    /// <summary>
    /// Loads the chunk's <paramref name="count"/> tokens, of which the first is at <paramref name="token"/>, and computes all
    /// that does not depend on S.
    /// </summary>
    public void Load(DeltaOperands<ManagedTensor> operands, int token, int count)
    {
        (int keySize, int valueSize) = (_shape.KeySize, _shape.ValueSize);
        TileRows.Load(operands.Queries.Values.Slice(token * keySize, count * keySize), keySize, Queries);
        TileRows.Load(operands.Keys.Values.Slice(token * keySize, count * keySize), keySize, Keys);
        TileRows.Load(operands.Values.Values.Slice(token * valueSize, count * valueSize), valueSize, Errors);
        operands.Rates.Values.Slice(token, count).CopyTo(new Span<float>(Rates, count));
        ElementLoop.Map<ExpKernel>(operands.LogRetentions.Values.Slice(token, count), new Span<float>(_retentions, count));
        Decay(count);

        Operand keys = Keys.Slice(0, 0, count, Keys.Columns);
        Transposition.Copy(keys, KeyColumns.Slice(0, 0, Keys.Columns, count).Transposed);
        Operand overlaps = Overlaps.Slice(0, 0, count, Overlaps.Columns);
        TileProduct.Set(keys, KeyColumns, overlaps);
        TileRows.Multiply(-1, overlaps, DecaysBefore(count), overlaps);
        Operand attention = Attention.Slice(0, 0, count, Attention.Columns);
        TileProduct.Set(Queries.Slice(0, 0, count, Queries.Columns), KeyColumns, attention);
        TileRows.Multiply(1, attention, DecaysAfter(count), attention);
    }

    /// <summary>Computes r, which holds v before, and w, a few tokens at a time.</summary>
    public void Solve(int count)
    {
        Operand known = Writes.Slice(0, 0, count, Writes.Columns);
        TileProduct.Set(Keys.Slice(0, 0, count, Keys.Columns), State, known);
        for (int first = 0; first < count; first += SolvedTogether)
        {
            int end = Math.Min(count, first + SolvedTogether);
            for (int token = first; token < end; token++)
            {
                TileRows.AddTo(-Left[token], Writes.At(token, 0), Errors.At(token, 0), Errors.Columns);
            }

            TileProduct.Add(
                Overlaps.Slice(first, 0, end - first, first),
                Writes.Slice(0, 0, first, Writes.Columns),
                Errors.Slice(first, 0, end - first, Errors.Columns));
            for (int token = first; token < end; token++)
            {
                for (int earlier = first; earlier < token; earlier++)
                {
                    TileRows.AddTo(*Overlaps.At(token, earlier), Writes.At(earlier, 0), Errors.At(token, 0), Errors.Columns);
                }

                TileRows.Scale(1, Rates + token, Errors.Slice(token, 0, 1, Errors.Columns), Writes.Slice(token, 0, 1, Writes.Columns));
            }
        }
    }

    /// <summary>
    /// Each moment's row of D is that of the moment before, times the retention between them. So a retention of 0 is right, and
    /// no digits cancel, as they would in differences of sums of logarithms.
    /// </summary>
    private void Decay(int count)
    {
        Left[0] = 1;
        for (int token = 0; token < count; token++)
        {
            Left[token + 1] = _retentions[token] * Left[token];
            Operand moment = _decays.Slice(token, 0, 1, _decays.Columns);
            TileRows.Scale(1, _retentions + token, moment, _decays.Slice(token + 1, 0, 1, _decays.Columns));
            *_decays.At(token + 1, token) = 1;
        }
    }
}
