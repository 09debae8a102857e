using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Removing;

/// <summary>What is confirmed before a model is deleted.</summary>
/// <param name="Levels">Its shared levels, fastest first.</param>
/// <param name="Name">What was typed.</param>
public sealed record ModelDeletionView(IReadOnlyList<LevelStatus> Levels, TypedName Name);
