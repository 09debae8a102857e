using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// A sparse matrix row by row: the number of entries, the gap before each entry, then the values as one block. Shape
/// [rows, columns, entries].
/// </summary>
/// <remarks>
/// A gap is the number of columns skipped since the entry before, so gaps cannot express positions out of order. At
/// 4096 columns with 119 entries nearly every gap takes one byte, which makes an int8 row of about 250 bytes.
/// </remarks>
internal sealed class SparseCodec(FloatCoder coder) : TensorCodec<SparseTensor>
{
    private const int MaxColumns = ushort.MaxValue + 1;

    public override ErrorBound Error => coder.Error;

    public override NamedTensor Decode(TensorEntry entry, ReadOnlySpan<byte> payload, FrameLimits limits)
    {
        CheckShape(entry, limits);
        int columns = entry.Shape[1];
        int[] starts = new int[entry.Shape[0] + 1];
        ushort[] indices = GC.AllocateUninitializedArray<ushort>(entry.Shape[2]);
        float[] values = GC.AllocateUninitializedArray<float>(entry.Shape[2]);
        ByteReader reader = new(payload);
        for (int row = 0; row < entry.Shape[0]; row++)
        {
            int start = starts[row];
            ulong count = reader.Varint(entry.Name);
            if (count > (ulong)(indices.Length - start))
            {
                throw new FrameException(FrameProblem.BadValue, entry.Name, $"holds more than its {indices.Length} entries at row {row}");
            }

            starts[row + 1] = start + (int)count;
            ReadPositions(ref reader, indices.AsSpan(start, (int)count), columns, entry.Name);
            coder.Decode(reader.Take(coder.Size((int)count), entry.Name), values.AsSpan(start, (int)count), entry.Name);
        }

        if (starts[^1] != indices.Length || reader.Remaining > 0)
        {
            throw new FrameException(
                FrameProblem.TrailingBytes, entry.Name, $"ends after {starts[^1]} of {indices.Length} entries with {reader.Remaining} bytes left");
        }

        return new SparseTensor(entry.Name, new SparseRows(columns, starts, indices, values));
    }

    protected override int[] Shape(SparseTensor tensor) => [tensor.Rows.Rows, tensor.Rows.Columns, tensor.Rows.Indices.Length];

    protected override long Size(SparseTensor tensor)
    {
        SparseRows rows = tensor.Rows;
        long size = 0;
        for (int row = 0; row < rows.Rows; row++)
        {
            ReadOnlySpan<ushort> positions = Positions(rows, row);
            size += Varint.Size((ulong)positions.Length) + GapBytes(positions) + coder.Size(positions.Length);
        }

        return size;
    }

    protected override void Encode(SparseTensor tensor, Span<byte> payload)
    {
        SparseRows rows = tensor.Rows;
        for (int row = 0; row < rows.Rows; row++)
        {
            ReadOnlySpan<ushort> positions = Positions(rows, row);
            int end = Varint.Write(payload, (ulong)positions.Length);
            int next = 0;
            foreach (ushort position in positions)
            {
                end += Varint.Write(payload[end..], (ulong)(position - next));
                next = position + 1;
            }

            int size = (int)coder.Size(positions.Length);
            coder.Encode(rows.Values.AsSpan(rows.RowStarts[row], positions.Length), payload.Slice(end, size), tensor.Name);
            payload = payload[(end + size)..];
        }
    }

    private static ReadOnlySpan<ushort> Positions(SparseRows rows, int row) =>
        rows.Indices.AsSpan(rows.RowStarts[row]..rows.RowStarts[row + 1]);

    /// <summary>The sizes of the gaps as varints, which here take 1 to 3 bytes.</summary>
    private static int GapBytes(ReadOnlySpan<ushort> positions)
    {
        int size = positions.Length;
        int next = 0;
        foreach (ushort position in positions)
        {
            int gap = position - next;
            size += (gap >= 1 << 7 ? 1 : 0) + (gap >= 1 << 14 ? 1 : 0);
            next = position + 1;
        }

        return size;
    }

    /// <summary>Adds up the gaps, a run of those that take one byte at a time.</summary>
    private static void ReadPositions(ref ByteReader reader, Span<ushort> positions, int columns, string field)
    {
        long next = 0;
        while (!positions.IsEmpty)
        {
            ReadOnlySpan<byte> run = reader.OneByteVarints(positions.Length);
            for (int i = 0; i < run.Length; i++)
            {
                next += run[i];
                positions[i] = (ushort)next++;
            }

            positions = positions[run.Length..];
            if (!positions.IsEmpty)
            {
                next += (long)Math.Min(reader.Varint(field), MaxColumns);
                positions[0] = (ushort)next++;
                positions = positions[1..];
            }

            if (next > columns)
            {
                throw new FrameException(FrameProblem.BadValue, field, $"holds a position past its {columns} columns");
            }
        }
    }

    private void CheckShape(TensorEntry entry, FrameLimits limits)
    {
        entry.CheckRank(3);
        entry.CheckCount(entry.Shape[0], limits);
        entry.CheckCount(entry.Shape[2], limits);
        if (entry.Shape[1] > MaxColumns)
        {
            throw new FrameException(FrameProblem.BadShape, entry.Name, $"has {entry.Shape[1]} columns, accepted are {MaxColumns}");
        }

        entry.CheckHolds((long)entry.Shape[0] + entry.Shape[2] + coder.Size(entry.Shape[2]));
    }
}
