using System.Text.Json;

namespace NestedLearning.Models;

/// <summary>
/// Reads JSON Lines: an object on each line with a text or features, a label, and perhaps a task and a split.
/// Other fields are ignored, blank lines skipped. Owns the stream.
/// </summary>
public sealed class JsonLinesReader : ExampleReader
{
    private readonly FeatureParser _features;

    /// <summary>Begins to read.</summary>
    /// <param name="stream">UTF-8, with or without a byte order mark.</param>
    /// <param name="name">The file, or "-"; errors begin with it.</param>
    /// <param name="names">The names of the fields; null for the default.</param>
    /// <param name="limits">What a line may hold; null for the default.</param>
    public JsonLinesReader(Stream stream, string name, FieldNames? names = null, ReadingLimits? limits = null)
        : base(stream, name, names, limits) => _features = new FeatureParser(Names.Features, Limits.Features);

    private protected override async ValueTask<bool> NextAsync(
        ExampleFields fields, CancellationToken cancellationToken)
    {
        while (await Lines.MoveNextAsync(cancellationToken).ConfigureAwait(false))
        {
            if (Lines.Current.Span.IndexOfAnyExcept(" \t\r"u8) >= 0)
            {
                fields.Begin(Lines.Position);
                Parse(Lines.Current.Span, fields);
                return true;
            }
        }

        return false;
    }

    private void Parse(ReadOnlySpan<byte> line, ExampleFields fields)
    {
        Utf8JsonReader json = new(line);
        try
        {
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
            {
                throw fields.Position.Error(
                    $"the line is {JsonText.Describe(json.TokenType)}; accepted is a JSON object");
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                ParseField(ref json, line, fields);
            }

            json.Read();
        }
        catch (JsonException e)
        {
            throw fields.Position.Error(
                $"not JSON at byte {e.BytePositionInLine + 1}; accepted is one JSON object on a line", e);
        }
    }

    private void ParseField(ref Utf8JsonReader json, ReadOnlySpan<byte> line, ExampleFields fields)
    {
        if (json.ValueTextEquals(Names.Text))
        {
            Once(fields, Names.Text, fields.Text);
            fields.Text = JsonText.Read(ref json, fields, Names.Text, Limits.MaxTextLength, numbers: false);
        }
        else if (json.ValueTextEquals(Names.Label))
        {
            Once(fields, Names.Label, fields.Label);
            fields.Label = JsonText.Read(ref json, fields, Names.Label, Limits.MaxNameLength, numbers: true);
        }
        else if (json.ValueTextEquals(Names.Task))
        {
            Once(fields, Names.Task, fields.Task);
            fields.Task = JsonText.Read(ref json, fields, Names.Task, Limits.MaxNameLength, numbers: true);
        }
        else if (json.ValueTextEquals(Names.Split))
        {
            Once(fields, Names.Split, fields.Split);
            fields.Split = JsonText.Read(ref json, fields, Names.Split, Limits.MaxNameLength, numbers: false);
        }
        else if (json.ValueTextEquals(Names.Features))
        {
            Once(fields, Names.Features, fields.Features);
            fields.Features = _features.Parse(ref json, line, fields.Position);
        }
        else
        {
            json.Skip();
        }
    }

    private static void Once(ExampleFields fields, string field, object? known)
    {
        if (known is not null)
        {
            throw fields.Position.Error($"'{field}' is given twice; accepted is one");
        }
    }
}
