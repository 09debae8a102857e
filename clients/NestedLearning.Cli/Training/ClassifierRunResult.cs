using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Training;

/// <summary>What a run reached.</summary>
/// <param name="Level">The shared level at the end.</param>
/// <param name="Accuracy">Accuracy on each task after each task.</param>
/// <param name="PrequentialAccuracy">The share of events predicted correctly before they were learned.</param>
/// <param name="Record">What was measured on the way.</param>
internal sealed record ClassifierRunResult(
    LevelStatus Level, AccuracyMatrix Accuracy, double PrequentialAccuracy, RunRecord Record);
