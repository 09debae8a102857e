using System.Text.Json.Serialization;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>Named tensors as a file in the format of safetensors.</summary>
internal static class TensorFile
{
    /// <summary>The file of a set.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="format">What it is, and <c>format-version</c> says which; both are in its metadata.</param>
    /// <param name="tensors">What it holds.</param>
    /// <param name="metadata">What it says of itself beside.</param>
    public static ExportedFile Of(string name, string format, TensorSet tensors, Dictionary<string, string> metadata)
    {
        using MemoryStream file = new();
        SafetensorsWriter.Write(file, tensors, new Dictionary<string, string>(metadata) { ["format"] = format, ["format-version"] = "1" });
        return new ExportedFile(name, file.GetBuffer().AsMemory(0, (int)file.Length));
    }
}

[JsonSerializable(typeof(string[]))]
internal sealed partial class ExportTextsJson : JsonSerializerContext;
