namespace NestedLearning.Models;

/// <summary>What a rule is told of a step beside the gradient.</summary>
/// <param name="Count">The level's step count, the first being 1.</param>
/// <param name="LearningRate">The rate η.</param>
/// <param name="Kept">What the parameter keeps beside the update: 1 less weight decay.</param>
/// <param name="GradientScale">What the gradient is multiplied by before anything else.</param>
internal readonly record struct StepNumbers(long Count, double LearningRate, double Kept, double GradientScale);
