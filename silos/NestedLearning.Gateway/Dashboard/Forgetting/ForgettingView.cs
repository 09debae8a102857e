using NestedLearning.Gateway.Dashboard.Parts;
using NestedLearning.Gateway.Dashboard.Recording;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Forgetting;

/// <summary>What a model keeps and what it forgets.</summary>
/// <param name="Look">What passed through this process.</param>
/// <param name="Run">The model's training run; null where there is none.</param>
/// <param name="Measure">By what is told how well it knows what it learns.</param>
public sealed record ForgettingView(ModelLook Look, RunProgress? Run, Measure Measure)
{
    private const int MaxTenants = 60;

    /// <summary>Whether the engine reads data by itself.</summary>
    public bool HasRuns { get; init; }

    /// <summary>The tenants that are shown, by name: those that learned most.</summary>
    public IReadOnlyList<TenantLook> Tenants =>
    [
        .. Look.Tenants.Where(tenant => tenant.Total.Learned > 0).OrderByDescending(tenant => tenant.Total.Learned).Take(MaxTenants)
            .OrderBy(FirstSlice).ThenBy(tenant => tenant.Tenant.Value, StringComparer.Ordinal),
    ];

    /// <summary>What the run measured of its tasks; null where it measured nothing.</summary>
    public ForgettingMap? OfRun { get; } = ForgettingMap.Of(Run);

    /// <summary>What there is to show of tasks, or else of tenants: what the run measured, or what evaluations found; null for neither.</summary>
    public ForgettingMap? Map => OfRun ?? OfProbes;

    /// <summary>What evaluations found of tenants; null where they found nothing.</summary>
    public ForgettingMap? OfProbes { get; init; }

    /// <summary>What the map's numbers are.</summary>
    public string MapText => OfRun is null
        ? "Percent of the tenant’s probes answered correctly at each evaluation: events that the gate keeps, asked as if the level had not learned them."
        : "Percent of the row’s task answered correctly, after learning the column’s.";

    /// <summary>Why evaluations can find nothing, and what would change that, in a sentence; null where they can.</summary>
    public string? WhyNoMap { get; init; }

    /// <summary>How well a tenant's events were known in each slice of the model's stream.</summary>
    public static IReadOnlyList<StripCell> CellsOf(TenantLook tenant, Measure measure) =>
    [
        .. tenant.Slices.Select((score, i) => new StripCell(
            Heat.ClassOf(measure.KnownOf(score)),
            score.Learned == 0 ? null : $"{tenant.Tenant}, slice {i + 1}: {measure.TextOf(score)} of {Figures.Count(score.Learned, "event", "events")}")),
    ];

    private static int FirstSlice(TenantLook tenant)
    {
        int first = 0;
        while (first < tenant.Slices.Count && tenant.Slices[first].Learned == 0)
        {
            first++;
        }

        return first;
    }
}
