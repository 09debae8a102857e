namespace NestedLearning.Cli.Training;

/// <summary>A run was stopped before its end.</summary>
internal sealed class StoppedException(string? dataDirectory) : NestedLearningException(dataDirectory is null
    ? "stopped; nothing is kept without --data-dir."
    : $"stopped; what was learned is in '{dataDirectory}', and the same command goes on from there.");
