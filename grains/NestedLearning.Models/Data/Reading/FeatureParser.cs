using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Reads features: an array of numbers, one for each feature from 0, or an object of <c>"index": number</c>.
/// Zeros are not stored.
/// </summary>
/// <param name="field">The field that holds them; errors name it.</param>
/// <param name="features">The model's number of features; indices lie below it.</param>
internal sealed class FeatureParser(string field, int features)
{
    /// <summary>The forms that features take, for errors.</summary>
    public const string Accepted = "accepted are an array of numbers or an object of \"index\": number";

    private readonly List<KeyValuePair<ushort, float>> _entries = [];

    /// <summary>Moves to the value of a property and reads it; null for null.</summary>
    /// <exception cref="DataException">A feature is not finite, out of range or repeated; it is named.</exception>
    /// <exception cref="JsonException">The line is not JSON.</exception>
    public SparseVector? Parse(ref Utf8JsonReader json, ReadOnlySpan<byte> line, LinePosition position)
    {
        _entries.Clear();
        json.Read();
        switch (json.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.StartArray:
                ParseArray(ref json, line, position);
                break;
            case JsonTokenType.StartObject:
                ParseObject(ref json, line, position);
                break;
            default:
                throw position.FieldError(field, $"'{field}' is {JsonText.Describe(json.TokenType)}; {Accepted}");
        }

        return ToVector();
    }

    private void ParseArray(ref Utf8JsonReader json, ReadOnlySpan<byte> line, LinePosition position)
    {
        for (int index = 0; ; index++)
        {
            ReadElement(ref json, line, position, index);
            if (json.TokenType == JsonTokenType.EndArray)
            {
                return;
            }

            if (index >= features)
            {
                throw position.FieldError(field, $"'{field}' has more than {features} numbers; accepted are up to {features}");
            }

            Add(ref json, position, index);
        }
    }

    private void ParseObject(ref Utf8JsonReader json, ReadOnlySpan<byte> line, LinePosition position)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (!Utf8Parser.TryParse(json.ValueSpan, out int index, out int consumed)
                || consumed != json.ValueSpan.Length || index < 0 || index >= features)
            {
                string shown = LinePosition.Show(Encoding.UTF8.GetString(json.ValueSpan));
                throw position.FieldError(field, $"{shown} is no index of '{field}'; accepted are 0 to {features - 1}");
            }

            ReadElement(ref json, line, position, index);
            Add(ref json, position, index);
        }

        _entries.Sort(static (a, b) => a.Key.CompareTo(b.Key));
        for (int i = 1; i < _entries.Count; i++)
        {
            if (_entries[i].Key == _entries[i - 1].Key)
            {
                throw position.FieldError(field, $"feature {_entries[i].Key} of '{field}' is given twice; accepted is one value");
            }
        }
    }

    /// <summary>Reads a value; NaN and the infinities are no JSON, but deserve a better answer than that.</summary>
    private void ReadElement(ref Utf8JsonReader json, ReadOnlySpan<byte> line, LinePosition position, int index)
    {
        int before = (int)json.BytesConsumed;
        try
        {
            json.Read();
        }
        catch (JsonException e)
        {
            ReadOnlySpan<byte> rest = line[before..].TrimStart(" \t,:"u8);
            int length = rest.IndexOfAny(",]} \t"u8);
            string token = Encoding.UTF8.GetString(length < 0 ? rest : rest[..length]);
            if (token.TrimStart('-', '+').ToUpperInvariant() is "NAN" or "INF" or "INFINITY")
            {
                throw NotFinite(position, index, token, e);
            }

            throw;
        }
    }

    private void Add(ref Utf8JsonReader json, LinePosition position, int index)
    {
        if (json.TokenType != JsonTokenType.Number)
        {
            string shown = json.TokenType == JsonTokenType.String
                ? LinePosition.Show(Encoding.UTF8.GetString(json.ValueSpan))
                : JsonText.Describe(json.TokenType);
            throw NotFinite(position, index, shown);
        }

        if (!json.TryGetSingle(out float value) || !float.IsFinite(value))
        {
            throw NotFinite(position, index, Encoding.UTF8.GetString(json.ValueSpan));
        }

        if (value != 0)
        {
            _entries.Add(new((ushort)index, value));
        }
    }

    private DataException NotFinite(LinePosition position, int index, string value, Exception? cause = null) =>
        position.FieldError(field, $"feature {index} of '{field}' is {value}; accepted are finite float32 numbers", cause);

    private SparseVector ToVector()
    {
        ushort[] indices = new ushort[_entries.Count];
        float[] values = new float[_entries.Count];
        for (int i = 0; i < indices.Length; i++)
        {
            (indices[i], values[i]) = (_entries[i].Key, _entries[i].Value);
        }

        return new SparseVector(indices, values);
    }
}
