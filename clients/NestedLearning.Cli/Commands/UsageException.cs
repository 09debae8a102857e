namespace NestedLearning.Cli.Commands;

/// <summary>The options of a command do not go together, or one is out of its range.</summary>
internal sealed class UsageException(string message) : NestedLearningException(message);
