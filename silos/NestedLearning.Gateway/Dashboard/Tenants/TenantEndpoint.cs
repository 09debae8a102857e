using NestedLearning.Gateway.Dashboard.Parts;
using NestedLearning.Gateway.Dashboard.Recording;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Tenants;

/// <summary>The page of one tenant.</summary>
internal static class TenantEndpoint
{
    private const int MaxVersions = 200;
    private const int MaxMoments = 60;

    public static async Task ShowAsync(PageCall call)
    {
        MemoryAddress memory = call.Api.Memory;
        Measure measure = await call.MeasureAsync(memory.Model);
        MemoryStatus status = await call.Cluster.GetMemoryAsync(memory, call.Stop);
        TenantLook? look = call.Recorder.Look(memory.Model).Tenants.FirstOrDefault(tenant => tenant.Tenant == memory.Tenant);
        List<TenantMoment> moments = [.. (look?.Sittings ?? []).Select(sitting => MomentOf(sitting, measure))];
        foreach (LevelStatus level in await call.Cluster.GetLevelsAsync(memory.Model, call.Stop))
        {
            IReadOnlyList<VersionRecord> versions = await call.Cluster.GetVersionsAsync(memory.Model, level.Level, long.MaxValue, MaxVersions, call.Stop);
            moments.AddRange(versions.SelectMany(version => MomentsOf(version.Entry, level.Level, memory.Source)));
        }

        TenantView view = new(memory.Tenant, status, look, [.. moments.OrderByDescending(moment => moment.At).Take(MaxMoments)], measure);
        await call.AnswerAsync<TenantPage>(call.Frame(memory.Tenant.Value, memory.Model, PageTab.Tenants), view);
    }

    private static TenantMoment MomentOf(Sitting sitting, Measure measure) => new(
        sitting.To,
        "learned",
        "Learned",
        $"{Figures.Count(sitting.Score.Learned, "event", "events")} from {sitting.Source} in {Figures.Duration(sitting.To - sitting.From)}, "
        + (measure.ValueOf(sitting.Score) is { } value ? $"{measure.Text(value)} {measure.Name.ToLowerInvariant()}" : "without labels"));

    private static IEnumerable<TenantMoment> MomentsOf(LineageEntry entry, LevelId level, SourceId source)
    {
        foreach (FoldedSource part in entry.Sources.Where(part => part.Source == source.Value))
        {
            (string what, string verb) = entry.Outcome switch
            {
                FoldOutcome.Forgotten => ("Forgotten", "taken out with"),
                FoldOutcome.Replayed => ("Replayed", "folded again into"),
                _ => ("Folded", "went into"),
            };
            yield return Moment(part, what, entry.Outcome.ToString(), verb);
        }

        foreach (FoldedSource part in entry.LeftOut.Where(part => part.Source == source.Value))
        {
            yield return entry.Outcome == FoldOutcome.RolledBack
                ? Moment(part, "Rolled back", nameof(FoldOutcome.RolledBack), "were taken out by")
                : Moment(part, "Left out", nameof(FoldOutcome.Rejected), "were left out by the gate of");
        }

        TenantMoment Moment(FoldedSource part, string what, string tone, string verb) => new(
            entry.At,
            tone.ToLowerInvariant(),
            what,
            $"{Figures.Count(part.Events, "event", "events")} {verb} version {Figures.Count(entry.Version)} of {level}");
    }
}
