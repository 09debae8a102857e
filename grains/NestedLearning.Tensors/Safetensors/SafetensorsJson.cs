using System.Text.Json.Serialization;

namespace NestedLearning.Tensors;

/// <summary>What the metadata of a file holds as JSON.</summary>
[JsonSerializable(typeof(int[]))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class SafetensorsJson : JsonSerializerContext;
