namespace NestedLearning.Silo.Database;

/// <summary>A script could not be had, or cannot be used.</summary>
internal sealed class ScriptException(string message, Exception? innerException = null) : NestedLearningException(message, innerException);
