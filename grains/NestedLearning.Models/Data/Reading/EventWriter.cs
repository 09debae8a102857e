using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>Writes events and questions in the form that <see cref="EventReader"/> and <see cref="InputListReader"/> read.</summary>
public static class EventWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Appends an event and the end of its line.</summary>
    public static void WriteLine(IBufferWriter<byte> output, LearningEvent learningEvent)
    {
        using (Utf8JsonWriter json = new(output, Options))
        {
            json.WriteStartObject();
            json.WriteNumber(EventReader.SequenceField, learningEvent.Sequence);
            WriteInput(json, learningEvent.Input);
            if (learningEvent.Label.Length > 0)
            {
                json.WriteString("label", learningEvent.Label);
            }

            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <summary>Appends questions as one JSON object.</summary>
    public static void WriteInputs(IBufferWriter<byte> output, IEnumerable<ModelInput> inputs)
    {
        using Utf8JsonWriter json = new(output, Options);
        json.WriteStartObject();
        json.WriteStartArray(InputListReader.InputsField);
        foreach (ModelInput input in inputs)
        {
            json.WriteStartObject();
            WriteInput(json, input);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteInput(Utf8JsonWriter json, ModelInput input)
    {
        switch (input)
        {
            case TextInput text:
                json.WriteString("text", text.Text);
                break;
            case FeatureInput features:
                WriteFeatures(json, features.Features);
                break;
            case TokenInput tokens:
                WriteTokens(json, tokens);
                break;
        }
    }

    private static void WriteTokens(Utf8JsonWriter json, TokenInput tokens)
    {
        json.WriteStartArray(TokenFields.Tokens);
        foreach (int token in tokens.Tokens.Span)
        {
            json.WriteNumberValue(token);
        }

        json.WriteEndArray();
        json.WriteNumber(TokenFields.Windows, tokens.Windows);
    }

    private static void WriteFeatures(Utf8JsonWriter json, in SparseVector features)
    {
        json.WriteStartObject("features");
        for (int i = 0; i < features.Count; i++)
        {
            json.WritePropertyName(features.Indices.Span[i].ToString(CultureInfo.InvariantCulture));
            float value = features.Values.Span[i];
            if (float.IsFinite(value))
            {
                json.WriteNumberValue(value);
            }
            else
            {
                // No JSON: the reader refuses the line and names the feature, which is what its sender should hear.
                json.WriteRawValue(value.ToString(CultureInfo.InvariantCulture), skipInputValidation: true);
            }
        }

        json.WriteEndObject();
    }
}
