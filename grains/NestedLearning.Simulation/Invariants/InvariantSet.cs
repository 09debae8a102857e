using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>Asks the invariants wherever something happens, and keeps the first promise that did not hold.</summary>
internal sealed class InvariantSet
{
    private readonly World _world;
    private readonly DurableWorld _durable;
    private readonly LineageTellsAll _lineage = new();
    private readonly Invariant[] _all;

    public InvariantSet(World world)
    {
        _world = world;
        _durable = new DurableWorld(world);
        _all =
        [
            new UpdatesKeepTheirNumbers(_durable.Updates),
            new EventsCountOnce(),
            new ClientReceiptsHold(),
            new LevelReceiptsHold(),
            new ReplicasAreIdentical(),
            new VersionsRise(),
            new MarksMatchVersions(),
            new FlushedIsFolded(),
            _lineage,
            new VersionsComeBack(world.Plan),
            new ForgottenIsGone(world.Store),
            new TotalsAgree(),
            new QueuesAreBounded(world.Plan),
            new EverythingArrives(),
        ];
    }

    /// <summary>The first promise that did not hold; null while all do.</summary>
    public Violation? Violation { get; private set; }

    /// <summary>The durable version's number.</summary>
    public long Versions => _durable.Level.Version.Number;

    public void OnStoreChanged(StateKey key)
    {
        try
        {
            if (DurableWorld.IsMemory(key, out TenantId tenant))
            {
                _durable.Restore(tenant);
                Ask(invariant => invariant.OnMemorySaved(_durable, _durable.Memory(tenant)));
            }
            else if (_durable.IsLevel(key))
            {
                _durable.RestoreLevel();
                Ask(invariant => invariant.OnLevelSaved(_durable));
                foreach (DurableMemory memory in _durable.Memories)
                {
                    Ask(invariant => invariant.OnMemorySaved(_durable, memory));
                }
            }
        }
        catch (NestedLearningException error)
        {
            Fail("what is durable can be restored", $"{key}: {error.Message}");
        }
    }

    /// <summary>How many durable versions came to be in this way.</summary>
    public int CountOf(FoldOutcome outcome) => _lineage.CountOf(outcome);

    public void OnUpdateSent(ReadOnlyMemory<byte> frame)
    {
        UpdateFrame update = UpdateFrame.Read(frame);
        Ask(invariant => invariant.OnUpdateSent(update));
    }

    public void OnRolledBack(long version, long from, LineageEntry made) =>
        Ask(invariant => invariant.OnRolledBack(_durable, version, from, made));

    public void OnReplayed(long version, LineageEntry made) => Ask(invariant => invariant.OnReplayed(_durable, version, made));

    public void OnLeaving(TenantId tenant)
    {
        _durable.Leaving.Add(tenant);
        Ask(invariant => invariant.OnLeaving(_durable, tenant));
    }

    public void OnForgotten(TenantId tenant) => Ask(invariant => invariant.OnForgotten(_durable, tenant));

    public void OnReturning(TenantId tenant)
    {
        _durable.Leaving.Remove(tenant);
        Ask(invariant => invariant.OnReturning(_durable, tenant));
    }

    public void OnLevelReceipt(TenantId tenant, Receipt receipt) =>
        Ask(invariant => invariant.OnLevelReceipt(_durable, tenant, receipt));

    public void OnVersionPulled(TenantId tenant, PulledVersion pulled) =>
        Ask(invariant => invariant.OnVersionPulled(_durable, tenant, pulled));

    public void OnClientReceipt(SourcePlan source, Receipt receipt) =>
        Ask(invariant => invariant.OnClientReceipt(_durable, source, receipt));

    public void OnFlushed(SourcePlan source, Receipt receipt) =>
        Ask(invariant => invariant.OnFlushed(_durable, source, receipt));

    public void OnKept(SourcePlan source, long events, FeederLimits limits) =>
        Ask(invariant => invariant.OnKept(source, events, limits));

    public void OnStep(bool hasEnded)
    {
        Ask(invariant => invariant.OnStep(_world));
        if (!hasEnded)
        {
            Fail("every step comes to an end", "work that takes no time goes on for ever");
        }
    }

    public void OnEnd() => Ask(invariant => invariant.OnEnd(_world, _durable));

    /// <summary>Something went wrong that nobody expects.</summary>
    public void FailUnexpectedly(string where, Exception error) =>
        Fail("only what is expected goes wrong", $"{where}: {error.GetType().Name}: {error.Message}");

    private void Ask(Func<Invariant, string?> question)
    {
        foreach (Invariant invariant in _all)
        {
            if (Violation is null && question(invariant) is { } problem)
            {
                Fail(invariant.Promise, problem);
            }
        }
    }

    private void Fail(string promise, string problem)
    {
        if (Violation is null)
        {
            Violation = new Violation(promise, problem, _world.Agenda.Now);
            _world.Trace.Add("simulator", Violation.ToString());
        }
    }
}
