using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>The shared level as it would come back if everything crashed now: restored by the state machine itself.</summary>
internal sealed class DurableLevel
{
    private readonly Consolidator _consolidator;

    /// <exception cref="NestedLearningException">The state cannot be restored.</exception>
    public DurableLevel(SimulatedStore store, RunPlan plan, StoredUpdates attachments)
    {
        ProbeSpec spec = new(plan.Settings.Spec);
        _consolidator = new Consolidator(World.Model, spec, World.LevelId, plan.Settings.Policy, FrameLimits.Default, threads: 1);
        if (store.Load(StateKey.Consolidator(World.Model, World.LevelId)) is { } saved)
        {
            long number = Consolidator.ReadBaseNumber(saved.Bytes, World.Model);
            ReadOnlyMemory<byte> baseState =
                store.Load(StateKey.ConsolidatorBase(World.Model, World.LevelId, number))?.Bytes ?? default;
            _consolidator.Load(saved.Bytes, number == 0 ? default : baseState);
            SavedBytes = saved.Bytes.Length;
        }

        Counts = new int[plan.EventCount];
        Sums = spec.Level!.Save();
        EventCode.Count(Sums.Get<DoubleTensor>("gram").Values.Span, Counts);
        Events = spec.Level.Events;
        QuarantineCounts = new int[plan.EventCount];
        Quarantines = _consolidator.InQuarantine.ToDictionary(version => version, version => attachments.Of(_consolidator.QuarantineOf(version)));
        foreach (int number in Quarantines.Values.SelectMany(updates => updates).SelectMany(update => update.Events))
        {
            QuarantineCounts[number]++;
        }
    }

    /// <summary>How often each event of the run counts.</summary>
    public int[] Counts { get; }

    /// <summary>How often each event of the run is in quarantine.</summary>
    public int[] QuarantineCounts { get; }

    /// <summary>What is in quarantine, by the version that left it out.</summary>
    public IReadOnlyDictionary<long, IReadOnlyList<UpdateFrame>> Quarantines { get; }

    /// <summary>What the level is made of.</summary>
    public TensorSet Sums { get; }

    /// <summary>How many events the level says it has absorbed.</summary>
    public long Events { get; }

    /// <summary>What its state occupies, without its base.</summary>
    public int SavedBytes { get; }

    /// <summary>Where its newest versions came from, oldest first.</summary>
    public IReadOnlyList<LineageEntry> Lineage => _consolidator.Lineage;

    /// <summary>Where updates are beside its state.</summary>
    public IReadOnlyList<AttachmentName> StoredUpdates => _consolidator.StoredUpdates;

    /// <summary>Whether something of a forgotten tenant may still be stored.</summary>
    public bool IsErasing => _consolidator.IsErasing;

    public LevelVersion Version => _consolidator.Published;

    /// <summary>The last of a memory's updates that is folded.</summary>
    public long Mark(TenantId tenant) => _consolidator.ReceiptFor(new SourceId(tenant.Value)).DurableThrough;
}
