using NestedLearning.Gateway.Dashboard.Parts;
using NestedLearning.Gateway.Dashboard.Recording;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Overview;

/// <summary>A shared level, as the picture of the tiers shows it.</summary>
/// <param name="Status">How it stands.</param>
/// <param name="Newest">Where its newest versions came from, newest first.</param>
public sealed record TierLook(LevelStatus Status, IReadOnlyList<LineageEntry> Newest)
{
    /// <summary>How many sources a round waits for.</summary>
    public int Quorum { get; init; } = 1;

    /// <summary>How full the open round is, 0 to 1.</summary>
    public double RoundFill => Status.RoundContributors == 0 ? 0 : (double)Status.RoundContributors / Math.Max(Status.RoundContributors, Quorum);

    /// <summary>The round's sources, as the ring has room for them.</summary>
    public string RoundText => $"{Status.RoundContributors}/{Quorum}";
}

/// <summary>The tiers of a model.</summary>
/// <param name="Levels">Its shared levels, slowest first.</param>
/// <param name="Look">What was seen of its memories.</param>
/// <param name="Measure">By what is told how well they know what they learn.</param>
public sealed record OverviewView(IReadOnlyList<TierLook> Levels, ModelLook Look, Measure Measure)
{
    /// <summary>How many of a level's versions are shown.</summary>
    public const int VersionCount = 40;

    private const int LatelySeconds = 10;

    /// <summary>The levels that each memory has for itself.</summary>
    public IReadOnlyList<LevelSpec> Private { get; init; } = [];

    /// <summary>When it was read.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>The events of each of the last seconds, as high as the most of them.</summary>
    public ChartLine PaceLine()
    {
        double most = Math.Max(1, Look.PerSecond.DefaultIfEmpty().Max());
        return new ChartLine("events a second", 1, [.. Look.PerSecond.Select((count, i) => new ChartPoint((double)i / (Look.PerSecond.Count - 1), count / most))]);
    }

    /// <summary>Events learned a second, over the last ten.</summary>
    public double EventsPerSecond => Look.PerSecond.TakeLast(LatelySeconds).DefaultIfEmpty().Average();

    /// <summary>Whether something was learned just now.</summary>
    public bool IsFlowing => EventsPerSecond > 0;

    /// <summary>The events in the level that holds most.</summary>
    public long Consolidated => Levels.Select(level => level.Status.Events).DefaultIfEmpty().Max();

    /// <summary>What went up, over all levels.</summary>
    public long BytesUp => Levels.Sum(level => level.Status.Traffic.BytesUp);

    /// <summary>What went down, over all levels.</summary>
    public long BytesDown => Levels.Sum(level => level.Status.Traffic.BytesDown);

    /// <summary>Whether a tenant was fed just now.</summary>
    public bool IsActive(TenantLook tenant) => Now - tenant.LastSeen < TimeSpan.FromSeconds(LatelySeconds);
}
