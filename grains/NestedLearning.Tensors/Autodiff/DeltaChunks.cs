namespace NestedLearning.Tensors;

/// <summary>What the chunks of a delta scan need before their memories are known, [memories, chunks, rows, columns].</summary>
/// <param name="Queries">The queries, with what is left of the chunk's first memory when they read, [chunk, keys].</param>
/// <param name="Attention">What each token reads of what each token writes, [chunk, chunk].</param>
/// <param name="Errors">What the tokens would write to an empty memory, [chunk, values].</param>
/// <param name="Answered">What they read of the first memory, and so do not write, per unit of it, [chunk, keys].</param>
/// <param name="Written">The keys, with what is left of their writes at the chunk's end, [chunk, keys].</param>
/// <param name="Retained">What is left of the first memory at the chunk's end, [1, 1].</param>
internal sealed record DeltaChunks(
    Variable Queries, Variable Attention, Variable Errors, Variable Answered, Variable Written, Variable Retained)
{
    /// <summary>
    /// Cuts the operands into chunks. The last is filled up with tokens of rate 0, retention 1 and key 0, which change nothing.
    /// </summary>
    public static DeltaChunks Of(DeltaOperands<Variable> operands, DeltaShape shape)
    {
        int length = shape.ChunkLength;
        Variable queries = Cut(operands.Queries, shape, length, shape.KeySize);
        Variable keys = Cut(operands.Keys, shape, length, shape.KeySize);
        Variable values = Cut(operands.Values, shape, length, shape.ValueSize);
        Variable rates = Cut(operands.Rates, shape, length, 1);
        Variable decays = Decays(Cut(operands.LogRetentions, shape, 1, length));
        Variable before = decays.Slice(-2, 0, length);
        Variable after = decays.Slice(-2, 1, length);
        Variable end = decays.Slice(-2, length, 1);

        Variable overlap = keys.MatrixMultiply(keys, transposeOther: true);
        Variable inverse = InverseWithUnitDiagonal(rates * before.Slice(-1, 1, length) * overlap);
        Variable left = end.Slice(-1, 1, length).Reshape([shape.Memories, shape.Chunks, length, 1]);
        return new DeltaChunks(
            queries * after.Slice(-1, 0, 1),
            queries.MatrixMultiply(keys, transposeOther: true) * after.Slice(-1, 1, length),
            inverse.MatrixMultiply(rates * values),
            inverse.MatrixMultiply(rates * before.Slice(-1, 0, 1) * keys),
            keys * left,
            end.Slice(-1, 0, 1));
    }

    private static Variable Cut(Variable x, DeltaShape shape, int rows, int columns)
    {
        int size = rows * columns / shape.ChunkLength;
        Variable padding = x.Tape.Fill([shape.Memories, (shape.Chunks * shape.ChunkLength) - shape.Time, size], 0);
        Variable all = x.Reshape([shape.Memories, shape.Time, size]);
        all = padding.Shape.ElementCount == 0 ? all : Variable.Concatenate(1, all, padding);
        return all.Reshape([shape.Memories, shape.Chunks, rows, columns]);
    }

    /// <summary>
    /// Row t, column s: the product of the retentions after moment s up to moment t, or 0 where t is before s; moment 0 is
    /// the chunk's start. Its logarithm is a sum of terms of one sign, so no digits cancel, and nothing overflows.
    /// </summary>
    private static Variable Decays(Variable logRetentions)
    {
        int length = logRetentions.Shape[^1];
        Tape tape = logRetentions.Tape;
        Variable upTo = Mask(tape, length + 1, length, (moment, token) => token < moment);
        Variable after = Mask(tape, length, length + 1, (token, moment) => token >= moment);
        Variable notBefore = Mask(tape, length + 1, length + 1, (t, s) => t >= s);
        return (logRetentions * upTo).MatrixMultiply(after).Exp() * notBefore;
    }

    /// <summary>
    /// The inverse of <c>I + L</c> for a strictly lower triangle L. Squares on the diagonal are inverted first, then squares
    /// of twice the size: <c>[A 0; B C]⁻¹ = [A⁻¹ 0; -C⁻¹ B A⁻¹ C⁻¹]</c>. Unlike a series in powers of L, this loses no
    /// digits when many keys are alike.
    /// </summary>
    private static Variable InverseWithUnitDiagonal(Variable lower)
    {
        int size = lower.Shape[^1];
        Variable inverse = Mask(lower.Tape, size, size, (row, column) => row == column).Broadcast(lower.Shape);
        for (int half = 1; half < size; half *= 2)
        {
            int side = half;
            Variable corners = lower * Mask(lower.Tape, size, size, (row, column) =>
                row / (2 * side) == column / (2 * side) && row / side > column / side);
            inverse -= side == 1 ? corners : inverse.MatrixMultiply(corners).MatrixMultiply(inverse);
        }

        return inverse;
    }

    private static Variable Mask(Tape tape, int rows, int columns, Func<int, int, bool> one)
    {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = one(i / columns, i % columns) ? 1 : 0;
        }

        return tape.Own(tape.Backend.Create([rows, columns], values));
    }
}
