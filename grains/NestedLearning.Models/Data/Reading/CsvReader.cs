using System.Text;
using System.Text.Json;
using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Reads CSV (RFC 4180) whose first record names the columns: a text or features, a label, and perhaps a task and a
/// split. An empty field counts as absent; features are written as in JSON; blank lines are skipped. Owns the stream.
/// </summary>
public sealed class CsvReader : ExampleReader
{
    /// <summary>The most bytes that one UTF-16 code unit takes in UTF-8.</summary>
    private const int MaxBytesPerUnit = 3;

    private readonly FeatureParser _features;
    private readonly CsvRecord _record;
    private CsvColumns? _columns;

    /// <summary>Begins to read.</summary>
    /// <param name="stream">UTF-8, with or without a byte order mark.</param>
    /// <param name="name">The file, or "-"; errors begin with it.</param>
    /// <param name="names">The names of the columns; null for the default.</param>
    /// <param name="limits">What a record may hold; null for the default.</param>
    public CsvReader(Stream stream, string name, FieldNames? names = null, ReadingLimits? limits = null)
        : base(stream, name, names, limits)
    {
        _features = new FeatureParser(Names.Features, Limits.Features);
        _record = new CsvRecord(Limits.MaxLineBytes);
    }

    private protected override async ValueTask<bool> NextAsync(
        ExampleFields fields, CancellationToken cancellationToken)
    {
        if (_columns is null && await NextRecordAsync(cancellationToken).ConfigureAwait(false))
        {
            _columns = CsvColumns.Find(_record, Names);
        }

        if (_columns is null || !await NextRecordAsync(cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        fields.Begin(_record.Position);
        Fill(fields, _columns);
        return true;
    }

    private async ValueTask<bool> NextRecordAsync(CancellationToken cancellationToken)
    {
        _record.Clear();
        while (await Lines.MoveNextAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!_record.IsOpen && Lines.Current.Length == 0)
            {
                continue;
            }

            _record.Append(Lines.Current.Span, Lines.Position);
            if (!_record.IsOpen)
            {
                return true;
            }
        }

        return _record.IsOpen
            ? throw _record.Position.Error("a quoted field does not end; accepted is \"text\", with \"\" for a quote")
            : false;
    }

    private void Fill(ExampleFields fields, CsvColumns columns)
    {
        if (_record.Count != columns.Count)
        {
            throw fields.Position.Error(
                $"the record has {_record.Count} fields; accepted are {columns.Count}, as in the header");
        }

        fields.Text = Read(fields, columns.Text, Names.Text, Limits.MaxTextLength);
        fields.Label = Read(fields, columns.Label, Names.Label, Limits.MaxNameLength);
        fields.Task = Read(fields, columns.Task, Names.Task, Limits.MaxNameLength);
        fields.Split = Read(fields, columns.Split, Names.Split, Limits.MaxNameLength);
        if (columns.Features is { } column && _record[column].Length > 0)
        {
            fields.Features = ReadFeatures(_record[column], fields.Position);
        }
    }

    private string? Read(ExampleFields fields, int? column, string name, int maxLength)
    {
        ReadOnlySpan<byte> value = column is { } index ? _record[index] : [];
        return value.Length switch
        {
            0 => null,
            int length when length > (long)maxLength * MaxBytesPerUnit =>
                throw fields.LengthError(name, "too long", maxLength),
            _ => Encoding.UTF8.GetString(value),
        };
    }

    private SparseVector? ReadFeatures(ReadOnlySpan<byte> value, LinePosition position)
    {
        Utf8JsonReader json = new(value);
        try
        {
            SparseVector? features = _features.Parse(ref json, value, position);
            json.Read();
            return features;
        }
        catch (JsonException e)
        {
            throw position.Error(
                $"'{Names.Features}' is not JSON at byte {e.BytePositionInLine + 1}; {FeatureParser.Accepted}", e);
        }
    }
}
