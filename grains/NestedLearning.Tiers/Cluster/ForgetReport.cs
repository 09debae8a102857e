using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>What was removed of a tenant.</summary>
/// <param name="HadMemory">Whether there was a memory of its own.</param>
/// <param name="Levels">What was removed of the shared levels, fastest first.</param>
public sealed record ForgetReport(bool HadMemory, IReadOnlyList<ForgottenLevel> Levels);

/// <summary>What was removed of a tenant in one shared level.</summary>
/// <param name="Level">Which one.</param>
/// <param name="Version">The version that is without the tenant; null where there was nothing of it.</param>
/// <param name="Events">How many of its events the version before contained.</param>
public sealed record ForgottenLevel(LevelId Level, long? Version, long Events);
