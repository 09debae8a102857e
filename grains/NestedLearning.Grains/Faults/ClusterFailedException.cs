namespace NestedLearning.Grains;

/// <summary>The cluster could not do what was asked; the message is that of the silo where it failed.</summary>
public sealed class ClusterFailedException(string message, Exception? innerException = null)
    : NestedLearningException(message, innerException);
