using System.Text.Json;

namespace NestedLearning.Tensors;

/// <summary>The JSON header of a file: an object with an entry for each tensor, and <c>__metadata__</c>, an object of texts.</summary>
internal sealed class SafetensorsHeader
{
    /// <summary>The name that is no tensor's.</summary>
    public const string MetadataName = "__metadata__";

    /// <summary>The longest header that the format allows.</summary>
    public const long MaxBytes = 100_000_000;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    private readonly List<SafetensorsEntry> _tensors = [];
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);

    /// <summary>The tensors in the order of their bytes.</summary>
    public IReadOnlyList<SafetensorsEntry> Tensors => _tensors;

    /// <summary>The texts.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>Reads a header of a file with so many bytes of data.</summary>
    /// <exception cref="SafetensorsException">It is no header of such a file.</exception>
    public static SafetensorsHeader Parse(ReadOnlyMemory<byte> json, long dataBytes)
    {
        if (json.IsEmpty || json.Span[0] != '{')
        {
            throw new SafetensorsException("the first byte of the header", json.IsEmpty ? "missing" : $"0x{json.Span[0]:x2}", "'{'");
        }

        SafetensorsHeader header = new();
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Strict);
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                header.Add(property);
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The second is what names and texts that are no Unicode raise.
            throw new SafetensorsException("the header", $"no JSON that the format allows ({error.Message})", "one JSON object, no name twice", error);
        }

        header._tensors.Sort((left, right) => (left.Begin, left.End).CompareTo((right.Begin, right.End)));
        header.RequireGapless(dataBytes);
        return header;
    }

    private void Add(JsonProperty property)
    {
        if (property.Name == MetadataName)
        {
            foreach (JsonProperty text in SafetensorsFields.Object(property.Value, MetadataName).EnumerateObject())
            {
                _metadata.Add(text.Name, SafetensorsFields.Text(text.Value, $"{MetadataName}.{text.Name}"));
            }

            return;
        }

        _tensors.Add(SafetensorsFields.Entry(property.Name, property.Value));
    }

    /// <summary>Tensors lie side by side: none overlaps another, no byte is between them or after them.</summary>
    private void RequireGapless(long dataBytes)
    {
        long end = 0;
        foreach (SafetensorsEntry tensor in _tensors)
        {
            if (tensor.Begin != end)
            {
                throw new SafetensorsException($"the begin of '{tensor.Name}'", $"{tensor.Begin}", $"{end}, where the tensor before it ends");
            }

            end = tensor.End;
        }

        if (end != dataBytes)
        {
            throw new SafetensorsException("the end of the last tensor", $"{end}", $"{dataBytes}, where the file ends");
        }
    }
}
