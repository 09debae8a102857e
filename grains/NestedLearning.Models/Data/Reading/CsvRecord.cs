using System.Buffers;

namespace NestedLearning.Models;

/// <summary>
/// One record of CSV (RFC 4180), built from one line or, where a quoted field has line breaks, several; such a break
/// becomes LF. A quote inside a field that does not begin with one stands for itself.
/// </summary>
internal sealed class CsvRecord(int maxBytes)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<int> _ends = [];

    /// <summary>Where the record begins.</summary>
    public LinePosition Position { get; private set; }

    /// <summary>Whether a quoted field goes on in the next line.</summary>
    public bool IsOpen { get; private set; }

    public int Count => _ends.Count;

    /// <summary>The field's text in UTF-8, without its quotes.</summary>
    public ReadOnlySpan<byte> this[int field]
    {
        get
        {
            int start = field == 0 ? 0 : _ends[field - 1];
            return _bytes.WrittenSpan[start.._ends[field]];
        }
    }

    public void Clear()
    {
        _bytes.ResetWrittenCount();
        _ends.Clear();
        IsOpen = false;
    }

    /// <summary>Adds a line without its end.</summary>
    /// <exception cref="DataException">The record is too long, or a quote is followed by more text.</exception>
    public void Append(ReadOnlySpan<byte> line, LinePosition position)
    {
        if (!IsOpen)
        {
            Position = position;
        }
        else if (_bytes.WrittenCount + line.Length >= maxBytes)
        {
            throw Position.Error($"a quoted field does not end within {maxBytes} bytes; accepted are shorter records");
        }
        else
        {
            _bytes.Write("\n"u8);
        }

        int next = 0;
        while (next <= line.Length)
        {
            if (!IsOpen && next < line.Length && line[next] == '"')
            {
                IsOpen = true;
                next++;
            }

            next += IsOpen ? AppendQuoted(line[next..]) : AppendPlain(line[next..]);
        }
    }

    /// <summary>Adds a field up to its comma or the end; returns how far to move, past the comma.</summary>
    private int AppendPlain(ReadOnlySpan<byte> rest)
    {
        int comma = rest.IndexOf((byte)',');
        int length = comma < 0 ? rest.Length : comma;
        _bytes.Write(rest[..length]);
        _ends.Add(_bytes.WrittenCount);
        return length + 1;
    }

    /// <summary>Adds what is quoted up to the next quote or the end; returns how far to move.</summary>
    private int AppendQuoted(ReadOnlySpan<byte> rest)
    {
        int quote = rest.IndexOf((byte)'"');
        if (quote < 0)
        {
            _bytes.Write(rest);
            return rest.Length + 1;
        }

        _bytes.Write(rest[..quote]);
        int after = quote + 1;
        if (after < rest.Length && rest[after] == '"')
        {
            _bytes.Write("\""u8);
            return after + 1;
        }

        if (after < rest.Length && rest[after] != ',')
        {
            throw Position.Error(
                $"text follows the closing quote of field {Count + 1}; accepted are a comma or the end of the record");
        }

        IsOpen = false;
        _ends.Add(_bytes.WrittenCount);
        return after + 1;
    }
}
