using System.Text.Json;

namespace NestedLearning.Models;

/// <summary>
/// Reads questions: <c>{"inputs": [{"text": "..."}, {"features": [...]}, {"tokens": [...]}]}</c>; <see cref="EventWriter"/> writes them.
/// </summary>
public static class InputListReader
{
    /// <summary>The field that holds the questions.</summary>
    public const string InputsField = "inputs";

    private static readonly FieldNames Names = new();

    /// <summary>The questions in their order.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="maxInputs">The most that are taken.</param>
    /// <param name="limits">What each may hold.</param>
    /// <exception cref="DataException">An input is not acceptable; its place counts as its line, from 1.</exception>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    public static IReadOnlyList<ModelInput> Read(ReadOnlySpan<byte> json, int maxInputs, ReadingLimits limits)
    {
        Utf8JsonReader reader = new(json);
        List<ModelInput>? inputs = null;
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (inputs is null && reader.ValueTextEquals(InputsField))
                {
                    inputs = ReadArray(ref reader, json, maxInputs, limits);
                }
                else
                {
                    reader.Skip();
                }
            }

            reader.Read();
        }

        return inputs ?? throw Refused("is missing", maxInputs);
    }

    private static List<ModelInput> ReadArray(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, int maxInputs, ReadingLimits limits)
    {
        JsonFields parser = new(Names, limits, hasTokens: true);
        ExampleFields fields = new(Names, limits);
        List<ModelInput> inputs = [];
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Refused($"is {JsonText.Describe(reader.TokenType)}", maxInputs);
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (inputs.Count == maxInputs)
            {
                throw Refused("holds more", maxInputs);
            }

            fields.Begin(new LinePosition(InputsField, inputs.Count + 1));
            parser.ParseObject(ref reader, json, fields);
            inputs.Add(fields.ToInput());
        }

        return inputs;
    }

    private static InvalidInputException Refused(string problem, int maxInputs) =>
        new(InputsField, problem, $"an array of up to {maxInputs} objects");
}
