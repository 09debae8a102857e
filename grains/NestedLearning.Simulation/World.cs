using NestedLearning.Models;

namespace NestedLearning.Simulation;

/// <summary>Everything of one run: nodes, network, store, clients, what goes wrong, and what must hold all the same.</summary>
internal sealed class World
{
    /// <summary>The shared level's name among the owners.</summary>
    public const string Level = "level";

    private const int MaxSteps = 200_000;

    /// <summary>Rounds that wait for sources which are done close by their deadline only, one after another.</summary>
    private static readonly TimeSpan TimeToSettle = TimeSpan.FromHours(1);

    public World(int seed, SimulationSettings settings, Wiring wiring, bool isTraced)
    {
        Chance = new Chance(seed);
        Faults = settings.Faults;
        Wiring = wiring;
        Trace = new Trace(Agenda, isTraced);
        Plan = new RunPlan(Chance, settings.Nodes);
        Network = new SimulatedNetwork(this);
        Calls = new Calls(this);
        Placement = new Placement(this);
        Silos = [.. Enumerable.Range(0, settings.Nodes).Select(node => new Silo(this, node))];
        Clients = [.. Plan.Sources.Select((source, i) => new SourceClient(this, source, settings.Nodes + i))];
        Operator = Plan.Operations.Count > 0 ? new LevelOperator(this, Plan.Operations, settings.Nodes + Clients.Count) : null;
        Invariants = new InvariantSet(this);
        Store.Changed = Invariants.OnStoreChanged;
    }

    public static ModelId Model { get; } = new("simulated");

    public static LevelId LevelId => ClassifierSpec.SlowLevel;

    public Agenda Agenda { get; } = new();

    public ReadyTasks Ready { get; } = new();

    public SimulatedStore Store { get; } = new();

    public Chance Chance { get; }

    public Wiring Wiring { get; }

    public Trace Trace { get; }

    public RunPlan Plan { get; }

    public SimulatedNetwork Network { get; }

    public Calls Calls { get; }

    public Placement Placement { get; }

    public IReadOnlyList<Silo> Silos { get; }

    public IReadOnlyList<SourceClient> Clients { get; }

    /// <summary>Who does things to the model by hand, if anybody does.</summary>
    public LevelOperator? Operator { get; }

    public InvariantSet Invariants { get; }

    /// <summary>What goes wrong now.</summary>
    public FaultProfile Faults { get; private set; }

    public bool AreFaultsOver { get; private set; }

    /// <summary>How long things still go wrong.</summary>
    public TimeSpan TimeToCalm => AreFaultsOver ? TimeSpan.Zero : Faults.Duration - Agenda.Now;

    /// <summary>The silos, a node for each client, and one for the operator.</summary>
    public int NodeCount => Silos.Count + Clients.Count + (Operator is null ? 0 : 1);

    public void StopFaults()
    {
        AreFaultsOver = true;
        Faults = FaultProfiles.None;
    }

    /// <summary>Nobody feeds a tenant any more, which is to be forgotten.</summary>
    public void StopFeeding(TenantId tenant)
    {
        foreach (SourceClient client in ClientsOf(tenant))
        {
            client.Stop();
        }

        Invariants.OnLeaving(tenant);
    }

    /// <summary>A tenant that is forgotten is fed as if it had never been there.</summary>
    public void FeedAnew(TenantId tenant)
    {
        Invariants.OnReturning(tenant);
        foreach (SourceClient client in ClientsOf(tenant))
        {
            client.BeginAnew();
        }
    }

    /// <summary>Runs until everybody is done, or a promise is broken, or the time is up.</summary>
    public void Run()
    {
        TimeSpan end = Faults.Duration + TimeToSettle;
        Place();
        new FaultDriver(this).Start();
        do
        {
            Invariants.OnStep(hasEnded: Ready.RunAll());
        }
        while (Invariants.Violation is null && !IsOver(end) && Agenda.RunNext());

        Invariants.OnEnd();
    }

    private bool IsOver(TimeSpan end) =>
        Agenda.Now >= end || Agenda.Steps >= MaxSteps || (Clients.All(client => client.IsOver) && Operator is null or { IsDone: true });

    private IEnumerable<SourceClient> ClientsOf(TenantId tenant) => Clients.Where(client => client.Plan.Tenant == tenant);

    private void Place()
    {
        Placement.Move(Level, Chance.Between(0, Silos.Count));
        foreach (TenantId tenant in Plan.Tenants)
        {
            Placement.Move(tenant.Value, Chance.Between(0, Silos.Count));
        }

        foreach (Silo silo in Silos)
        {
            silo.Start();
        }

        foreach (SourceClient client in Clients)
        {
            client.Start();
        }

        Operator?.Start();
    }
}
