namespace NestedLearning.Grains;

/// <summary>Bytes that nobody changes: a frame, or a part of one. They are not copied within a silo.</summary>
[GenerateSerializer, Immutable, Alias("nl.Payload")]
public readonly record struct Payload([property: Id(0)] ReadOnlyMemory<byte> Bytes);
