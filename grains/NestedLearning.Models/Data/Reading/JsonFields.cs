using System.Text;
using System.Text.Json;

namespace NestedLearning.Models;

/// <summary>Reads the fields of a JSON object; those without a meaning are ignored.</summary>
/// <param name="names">The names of the fields.</param>
/// <param name="limits">What they may hold.</param>
/// <param name="sequence">The name of the field that numbers an event; null where events have no numbers.</param>
/// <param name="hasTokens">Whether there may be tokens in place of a text.</param>
internal sealed class JsonFields(FieldNames names, ReadingLimits limits, string? sequence = null, bool hasTokens = false)
{
    private readonly TokenFields _tokens = new(limits.MaxTokens);

    private readonly FeatureParser _features = new(names.Features, limits.Features);

    /// <summary>Reads the one object on a line.</summary>
    /// <exception cref="DataException">It is something else, or a field is not acceptable.</exception>
    public void ParseLine(ReadOnlySpan<byte> line, ExampleFields fields)
    {
        Utf8JsonReader json = new(line);
        try
        {
            json.Read();
            ParseObject(ref json, line, fields);
            json.Read();
        }
        catch (JsonException e)
        {
            throw fields.Position.Error(
                $"not JSON at byte {e.BytePositionInLine + 1}; accepted is one JSON object on a line", e);
        }
    }

    /// <summary>Reads the object that <paramref name="json"/> stands at, and moves to its end.</summary>
    /// <exception cref="DataException">It is no object, or a field is not acceptable.</exception>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public void ParseObject(ref Utf8JsonReader json, ReadOnlySpan<byte> text, ExampleFields fields)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw fields.Position.Error($"the line is {JsonText.Describe(json.TokenType)}; accepted is a JSON object");
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            ParseField(ref json, text, fields);
        }
    }

    private void ParseField(ref Utf8JsonReader json, ReadOnlySpan<byte> text, ExampleFields fields)
    {
        if (json.ValueTextEquals(names.Text))
        {
            Once(fields, names.Text, fields.Text);
            fields.Text = JsonText.Read(ref json, fields, names.Text, limits.MaxTextLength, numbers: false);
        }
        else if (json.ValueTextEquals(names.Label))
        {
            Once(fields, names.Label, fields.Label);
            fields.Label = JsonText.Read(ref json, fields, names.Label, limits.MaxNameLength, numbers: true);
        }
        else if (json.ValueTextEquals(names.Task))
        {
            Once(fields, names.Task, fields.Task);
            fields.Task = JsonText.Read(ref json, fields, names.Task, limits.MaxNameLength, numbers: true);
        }
        else if (json.ValueTextEquals(names.Split))
        {
            Once(fields, names.Split, fields.Split);
            fields.Split = JsonText.Read(ref json, fields, names.Split, limits.MaxNameLength, numbers: false);
        }
        else if (json.ValueTextEquals(names.Features))
        {
            Once(fields, names.Features, fields.Features);
            fields.Features = _features.Parse(ref json, text, fields.Position);
        }
        else if (hasTokens && json.ValueTextEquals(TokenFields.Tokens))
        {
            Once(fields, TokenFields.Tokens, fields.Tokens);
            fields.Tokens = _tokens.ReadTokens(ref json, fields.Position);
        }
        else if (hasTokens && json.ValueTextEquals(TokenFields.Windows))
        {
            Once(fields, TokenFields.Windows, fields.Windows);
            fields.Windows = TokenFields.ReadWindows(ref json, fields.Position);
        }
        else if (sequence is not null && json.ValueTextEquals(sequence))
        {
            Once(fields, sequence, fields.Sequence);
            fields.Sequence = ReadSequence(ref json, fields.Position, sequence);
        }
        else
        {
            json.Skip();
        }
    }

    private static long ReadSequence(ref Utf8JsonReader json, LinePosition position, string field)
    {
        json.Read();
        return json.TokenType == JsonTokenType.Number && json.TryGetInt64(out long value) && value >= 1
            ? value
            : throw position.FieldError(
                field,
                $"'{field}' is {(json.TokenType == JsonTokenType.Number ? Encoding.UTF8.GetString(json.ValueSpan) : JsonText.Describe(json.TokenType))}; accepted are whole numbers from 1");
    }

    private static void Once(ExampleFields fields, string field, object? known)
    {
        if (known is not null)
        {
            throw fields.Position.FieldError(field, $"'{field}' is given twice; accepted is one");
        }
    }
}
