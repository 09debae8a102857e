using System.Text.Json;

namespace NestedLearning.Tensors;

/// <summary>Reads the fields of a header, each of which may be anything in a file from elsewhere.</summary>
internal static class SafetensorsFields
{
    /// <summary>An entry <c>{ "dtype", "shape", "data_offsets" }</c> whose offsets hold as many bytes as its shape asks for.</summary>
    public static SafetensorsEntry Entry(string name, JsonElement value)
    {
        Object(value, $"'{name}'");
        SafetensorsType type = SafetensorsType.Parse(name, Text(Field(value, name, "dtype"), $"the type of '{name}'"));
        int[] shape = [.. Numbers(Field(value, name, "shape"), $"the shape of '{name}'").Select(size => Size(size, name))];
        long[] offsets = Numbers(Field(value, name, "data_offsets"), $"the offsets of '{name}'");
        if (offsets is not [>= 0, var end] || end < offsets[0])
        {
            throw new SafetensorsException($"the offsets of '{name}'", $"[{string.Join(", ", offsets)}]", "a begin of 0 or more, and an end not before it");
        }

        long bytes = shape.Aggregate((Int128)type.Size, (product, size) => product * size) is var all && all / type.Size <= Array.MaxLength
            ? (long)all
            : throw new SafetensorsException($"the shape of '{name}'", $"[{string.Join(", ", shape)}]", $"up to {Array.MaxLength} elements");
        return bytes == end - offsets[0]
            ? new SafetensorsEntry(name, type, shape, offsets[0], end)
            : throw new SafetensorsException($"the bytes of '{name}'", $"{end - offsets[0]}", $"{bytes} for {type.Name} [{string.Join(", ", shape)}]");
    }

    public static JsonElement Object(JsonElement value, string subject) =>
        value.ValueKind == JsonValueKind.Object ? value : throw Wrong(subject, value, "an object");

    public static string Text(JsonElement value, string subject) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(subject, value, "a text");

    private static JsonElement Field(JsonElement entry, string tensor, string field) => entry.TryGetProperty(field, out JsonElement value)
        ? value
        : throw new SafetensorsException($"{field} of '{tensor}'", "missing", "dtype, shape and data_offsets");

    private static long[] Numbers(JsonElement value, string subject)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > 64)
        {
            throw Wrong(subject, value, "up to 64 whole numbers");
        }

        return [.. value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out long number) ? number : throw Wrong(subject, item, "whole numbers"))];
    }

    private static int Size(long size, string tensor) => size is >= 0 and <= int.MaxValue
        ? (int)size
        : throw new SafetensorsException($"a size of '{tensor}'", $"{size}", $"0 to {int.MaxValue}");

    private static SafetensorsException Wrong(string subject, JsonElement value, string accepted)
    {
        const int longest = 40;
        string text = value.GetRawText();
        return new SafetensorsException(subject, text.Length > longest ? text[..longest] + "…" : text, accepted);
    }
}
