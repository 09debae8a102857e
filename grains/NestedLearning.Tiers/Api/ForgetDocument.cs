using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>What was removed of a tenant, in JSON.</summary>
/// <inheritdoc cref="ForgetReport"/>
public sealed record ForgetDocument(bool HadMemory, IReadOnlyList<ForgottenLevelDocument> Levels)
{
    /// <summary>The document of a report.</summary>
    public static ForgetDocument From(ForgetReport report) =>
        new(report.HadMemory, [.. report.Levels.Select(ForgottenLevelDocument.From)]);

    /// <summary>The report that it stands for.</summary>
    public ForgetReport ToReport() => new(HadMemory, [.. Levels.Select(level => level.ToLevel())]);
}

/// <summary>What was removed of a tenant in one shared level, in JSON.</summary>
/// <inheritdoc cref="ForgottenLevel"/>
public sealed record ForgottenLevelDocument(string Level, long? Version, long Events)
{
    /// <summary>The document of what was removed.</summary>
    public static ForgottenLevelDocument From(ForgottenLevel level) => new(level.Level.Value, level.Version, level.Events);

    /// <summary>What it stands for.</summary>
    public ForgottenLevel ToLevel() => new(new LevelId(Level), Version, Events);
}
