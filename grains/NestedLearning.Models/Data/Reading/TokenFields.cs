using System.Text;
using System.Text.Json;

namespace NestedLearning.Models;

/// <summary>Reads tokens that somebody made already: <c>"tokens": [...]</c>, and <c>"windows"</c>, which says in how many windows they are.</summary>
/// <param name="maxTokens">The most that are taken.</param>
internal sealed class TokenFields(int maxTokens)
{
    /// <summary>The field that holds the tokens.</summary>
    public const string Tokens = "tokens";

    /// <summary>The field that says in how many windows of the same length they are; 1 without it.</summary>
    public const string Windows = "windows";

    /// <summary>Moves to the value of a property and reads it; null for null.</summary>
    /// <exception cref="DataException">It is no array of whole numbers from 0, or too long a one.</exception>
    public int[]? ReadTokens(ref Utf8JsonReader json, LinePosition position)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw position.FieldError(Tokens, $"'{Tokens}' is {JsonText.Describe(json.TokenType)}; accepted is an array of whole numbers from 0");
        }

        List<int> tokens = [];
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (tokens.Count == maxTokens)
            {
                throw position.FieldError(Tokens, $"'{Tokens}' has more than {maxTokens} numbers; accepted are up to {maxTokens}");
            }

            tokens.Add(WholeNumber(ref json, position, Tokens, 0));
        }

        return [.. tokens];
    }

    /// <summary>Moves to the value of a property and reads it.</summary>
    /// <exception cref="DataException">It is no whole number from 1.</exception>
    public static int ReadWindows(ref Utf8JsonReader json, LinePosition position)
    {
        json.Read();
        return WholeNumber(ref json, position, Windows, 1);
    }

    private static int WholeNumber(ref Utf8JsonReader json, LinePosition position, string field, int least) =>
        json.TokenType == JsonTokenType.Number && json.TryGetInt32(out int value) && value >= least
            ? value
            : throw position.FieldError(
                field,
                $"'{field}' holds {(json.TokenType == JsonTokenType.Number ? Encoding.UTF8.GetString(json.ValueSpan) : JsonText.Describe(json.TokenType))}; accepted are whole numbers from {least}");
}
