namespace NestedLearning.Cli.Training;

/// <summary>A run on a server failed, was stopped, or is no longer watched.</summary>
internal sealed class ServerRunException(string message) : NestedLearningException(message);
