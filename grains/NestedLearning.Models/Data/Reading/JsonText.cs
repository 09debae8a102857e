using System.Text;
using System.Text.Json;

namespace NestedLearning.Models;

/// <summary>Reads JSON values that stand for text.</summary>
internal static class JsonText
{
    /// <summary>The bytes of the longest escape of one UTF-16 code unit, <c>\u0000</c>.</summary>
    private const int MaxBytesPerUnit = 6;

    /// <summary>
    /// Moves to the value of a property and returns its text; null for null. A string that is certainly too long is
    /// refused before it is decoded.
    /// </summary>
    public static string? Read(
        ref Utf8JsonReader json, ExampleFields fields, string field, int maxLength, bool numbers)
    {
        json.Read();
        switch (json.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.Number when numbers:
                return Encoding.UTF8.GetString(json.ValueSpan);
            case JsonTokenType.String when json.ValueSpan.Length > (long)maxLength * MaxBytesPerUnit:
                throw fields.LengthError(field, "too long", maxLength);
            case JsonTokenType.String:
                return Decode(ref json, fields.Position, field);
            default:
                string accepted = numbers ? "accepted are a string or a number" : "accepted is a string";
                throw fields.Position.FieldError(field, $"'{field}' is {Describe(json.TokenType)}; {accepted}");
        }
    }

    /// <summary>What a token begins, with its article.</summary>
    public static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        _ => "null",
    };

    private static string Decode(ref Utf8JsonReader json, LinePosition position, string field)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw position.FieldError(field, $"'{field}' has half a surrogate pair; accepted is Unicode text", e);
        }
    }
}
