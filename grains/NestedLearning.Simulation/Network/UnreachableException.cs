namespace NestedLearning.Simulation;

/// <summary>A call got no answer: the other side is gone, the way to it is cut, or something was lost. What became of it is unknown.</summary>
internal sealed class UnreachableException(string call) : NestedLearningException($"{call} got no answer.");
