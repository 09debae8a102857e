using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>What a run does when nothing goes wrong: the model, its rounds, who feeds how many events to whom, and what is done by hand.</summary>
internal sealed class RunPlan
{
    private const int MaxEventsOfASource = 40;

    public RunPlan(Chance chance, int nodes)
    {
        int tenants = chance.Between(1, nodes + 2);
        bool isOperated = OperationPlan.IsOperated(chance);
        RoundPolicy policy = Policy(chance, tenants);
        Settings = new ModelSettings(Spec(chance), isOperated ? OperationPlan.Policy(chance, policy) : policy);
        List<SourcePlan> sources = [];
        int first = 0;
        for (int tenant = 0; tenant < tenants; tenant++)
        {
            int clients = chance.Between(1, 3);
            for (int client = 0; client < clients && first + MaxEventsOfASource <= EventCode.MaxEvents; client++)
            {
                SourcePlan source = new(new TenantId($"t{tenant}"), new SourceId($"s{client}"), first, Events(chance, first));
                sources.Add(source);
                first += source.Events.Count;
            }
        }

        Sources = sources;
        Tenants = [.. sources.Select(source => source.Tenant).Distinct()];
        EventCount = first;
        Operations = isOperated ? OperationPlan.Choose(chance, Settings.Policy, Tenants) : [];
    }

    public ModelSettings Settings { get; }

    public IReadOnlyList<SourcePlan> Sources { get; }

    public IReadOnlyList<TenantId> Tenants { get; }

    /// <summary>What is done to the model by hand; in most runs nothing.</summary>
    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>The events of all sources.</summary>
    public int EventCount { get; }

    private static ClassifierSpec Spec(Chance chance) => new()
    {
        Features = EventCode.Features,
        Period = chance.Between(1, 10),
        PeriodGrowth = chance.Is(0.5) ? 0.05 : 0,
        OneSidedTargets = chance.Is(0.5),
    };

    private static RoundPolicy Policy(Chance chance, int tenants) => new()
    {
        MinContributors = chance.Is(0.5) ? 1 : chance.Between(1, tenants + 1),
        MaxWait = chance.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8)),
        Synchronous = chance.Is(0.3),
        MaxInFlight = chance.Between(1, 5),
        VersionEncoding = chance.Pick(Enum.GetValues<FloatEncoding>()),
    };

    private static LearningEvent[] Events(Chance chance, int first) =>
    [
        .. Enumerable.Range(0, chance.Between(8, MaxEventsOfASource + 1))
            .Select(i => new LearningEvent(i + 1, EventCode.Input(first + i), $"c{chance.Between(0, 5)}")),
    ];
}

/// <summary>What one source feeds to one tenant's memory.</summary>
/// <param name="Tenant">Whose memory learns it.</param>
/// <param name="Source">Who feeds it.</param>
/// <param name="First">The number of its first event among all of the run.</param>
/// <param name="Events">Its events, numbered from 1 without gaps.</param>
internal sealed record SourcePlan(TenantId Tenant, SourceId Source, int First, IReadOnlyList<LearningEvent> Events)
{
    /// <summary>Its events among all of the run.</summary>
    public IEnumerable<int> Numbers => Enumerable.Range(First, Events.Count);

    public override string ToString() => $"{Tenant}/{Source}";
}
