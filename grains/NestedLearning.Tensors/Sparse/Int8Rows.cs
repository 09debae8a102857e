using System.Buffers;

namespace NestedLearning.Tensors;

/// <summary>
/// A growing list of sparse rows whose values are kept in eight bits (<see cref="Int8Code"/>): three bytes for each
/// entry. What is read back is what was coded, not what was given.
/// </summary>
public sealed class Int8Rows
{
    private ushort[] _indices = [];
    private sbyte[] _codes = [];
    private int[] _starts = [0];
    private float[] _peaks = [];

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes that the rows occupy, spare capacity included.</summary>
    public long SizeBytes => (_indices.Length * 2L) + _codes.Length + (_starts.Length * 4L) + (_peaks.Length * 4L);

    /// <summary>The positions of a row's entries, rising.</summary>
    public ReadOnlySpan<ushort> Indices(int row) => _indices.AsSpan(_starts[row].._starts[row + 1]);

    /// <summary>The codes of a row's entries; <see cref="Int8Code.Decode(sbyte, float)"/> with <see cref="Peak"/> gives the values.</summary>
    public ReadOnlySpan<sbyte> Codes(int row) => _codes.AsSpan(_starts[row].._starts[row + 1]);

    /// <summary>The largest magnitude of a row.</summary>
    public float Peak(int row) => _peaks[row];

    /// <summary>Adds a row.</summary>
    public void Add(in SparseVector row)
    {
        int start = _starts[Count];
        int end = start + row.Count;
        Reserve(ref _indices, end);
        Reserve(ref _codes, end);
        Reserve(ref _starts, Count + 2);
        Reserve(ref _peaks, Count + 1);
        row.Indices.Span.CopyTo(_indices.AsSpan(start));
        _peaks[Count] = Int8Code.Encode(row.Values.Span, _codes.AsSpan(start, row.Count));
        Count++;
        _starts[Count] = end;
    }

    /// <summary>A copy of row <paramref name="row"/>.</summary>
    public SparseVector this[int row]
    {
        get
        {
            int start = _starts[row];
            int count = _starts[row + 1] - start;
            float[] values = new float[count];
            Int8Code.Decode(_codes.AsSpan(start, count), _peaks[row], values);
            return new SparseVector(_indices.AsSpan(start, count).ToArray(), values);
        }
    }

    /// <summary>The row as it would be read back after <see cref="Add"/>.</summary>
    public static SparseVector Round(in SparseVector row)
    {
        float[] values = new float[row.Count];
        sbyte[]? rented = row.Count > 1024 ? ArrayPool<sbyte>.Shared.Rent(row.Count) : null;
        Span<sbyte> codes = rented ?? stackalloc sbyte[1024];
        float peak = Int8Code.Encode(row.Values.Span, codes);
        Int8Code.Decode(codes[..row.Count], peak, values);
        if (rented is not null)
        {
            ArrayPool<sbyte>.Shared.Return(rented);
        }

        return row with { Values = values };
    }

    /// <summary>Drops the oldest rows.</summary>
    public void RemoveFirst(int count)
    {
        int dropped = _starts[count];
        _indices = _indices.AsSpan(dropped, _starts[Count] - dropped).ToArray();
        _codes = _codes.AsSpan(dropped, _starts[Count] - dropped).ToArray();
        _peaks = _peaks.AsSpan(count, Count - count).ToArray();
        _starts = Array.ConvertAll(_starts[count..(Count + 1)], start => start - dropped);
        Count -= count;
    }

    /// <summary>Rows from <paramref name="first"/> on as a matrix with this many columns.</summary>
    public SparseRows ToSparseRows(int first, int count, int columns)
    {
        SparseVector[] rows = new SparseVector[count];
        for (int i = 0; i < count; i++)
        {
            rows[i] = this[first + i];
        }

        return SparseRows.Stack(columns, rows);
    }

    /// <summary>Grows by a quarter: an idle memory keeps its spare room for as long as it lives.</summary>
    private static void Reserve<T>(ref T[] array, int length)
    {
        if (array.Length < length)
        {
            Array.Resize(ref array, Math.Max(length, array.Length + (array.Length / 4)));
        }
    }
}
