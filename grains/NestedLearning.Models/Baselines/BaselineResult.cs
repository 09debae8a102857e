namespace NestedLearning.Models;

/// <summary>What a baseline reached on a stream of tasks; fractions.</summary>
/// <param name="Name">The baseline's name in <see cref="BaselineCatalog"/>.</param>
/// <param name="FinalAccuracy">The mean over the tasks of the accuracy at the end.</param>
/// <param name="AverageForgetting">Mean loss from the best accuracy on a task to the final one; null for a joint baseline.</param>
/// <param name="PrequentialAccuracy">Accuracy of answers given before learning; null for a joint baseline.</param>
/// <param name="Accuracy">Accuracy on each task after each task; null for a joint baseline.</param>
public sealed record BaselineResult(
    string Name, double FinalAccuracy, double? AverageForgetting, double? PrequentialAccuracy, AccuracyMatrix? Accuracy);
