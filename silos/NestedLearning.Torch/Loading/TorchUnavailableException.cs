namespace NestedLearning.Torch;

/// <summary>The native libraries of TorchSharp do not load. The message is one line that says what to install.</summary>
public sealed class TorchUnavailableException(string problem, Exception? innerException = null) : NestedLearningException(problem, innerException);
