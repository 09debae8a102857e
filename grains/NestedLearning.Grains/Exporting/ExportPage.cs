namespace NestedLearning.Grains;

/// <summary>Some of what is exported, as much as one message has room for.</summary>
/// <param name="Slices">Files, or parts of them, one after another.</param>
/// <param name="IsLast">Whether this is all.</param>
[GenerateSerializer, Immutable, Alias("nl.ExportPage")]
public sealed record ExportPage([property: Id(0)] ExportSlice[] Slices, [property: Id(1)] bool IsLast);

/// <summary>A file, or a part of it.</summary>
/// <param name="Name">The file.</param>
/// <param name="Bytes">What comes next of it.</param>
/// <param name="IsEnd">Whether it ends with that.</param>
[GenerateSerializer, Immutable, Alias("nl.ExportSlice")]
public readonly record struct ExportSlice([property: Id(0)] string Name, [property: Id(1)] Payload Bytes, [property: Id(2)] bool IsEnd);
