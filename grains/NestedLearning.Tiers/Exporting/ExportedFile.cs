namespace NestedLearning.Tiers;

/// <summary>A file of what is exported.</summary>
/// <param name="Name">Its name, with '/' between folders.</param>
/// <param name="Content">Its bytes.</param>
public sealed record ExportedFile(string Name, ReadOnlyMemory<byte> Content);
