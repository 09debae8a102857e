namespace NestedLearning.Cli.Rendering;

/// <summary>A line of the comparison.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="FinalAccuracy">The mean accuracy over all tasks at the end, 0 to 1; null if unknown.</param>
/// <param name="AverageForgetting">
/// The mean over tasks of what was lost since the best accuracy, as a fraction; null if unknown.
/// </param>
/// <param name="IsOurs">Whether it is the model that was trained, not a baseline.</param>
internal readonly record struct ModelScore(
    string Model, double? FinalAccuracy, double? AverageForgetting, bool IsOurs = false);
