using System.Globalization;
using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>A version that is kept.</summary>
/// <param name="Level">Of which level.</param>
/// <param name="Version">Its number.</param>
/// <param name="SizeBytes">What it occupies.</param>
/// <param name="IsNew">Whether it was not kept before.</param>
public sealed record KeptVersion(LevelId Level, long Version, long SizeBytes, bool IsNew);

/// <summary>What a snapshot came to.</summary>
/// <param name="Levels">The version of each level.</param>
public sealed record SnapshotReport(IReadOnlyList<KeptVersion> Levels)
{
    /// <summary>The report as a run's record has it.</summary>
    public RunResult ToResult()
    {
        Dictionary<string, double> figures = [];
        List<string> parts = [];
        foreach (KeptVersion kept in Levels)
        {
            string name = Levels.Count > 1 ? $"{kept.Level} " : "";
            string ending = kept.IsNew ? "" : " (kept before)";
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{name}version {kept.Version}, {kept.SizeBytes:N0} bytes{ending}"));
            figures[$"{kept.Level}/version"] = kept.Version;
            figures[$"{kept.Level}/bytes"] = kept.SizeBytes;
        }

        return new RunResult(string.Join(", ", parts), figures);
    }
}
