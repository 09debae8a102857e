using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>A memory as it would come back if everything crashed now, and joined the level as that would come back.</summary>
internal sealed class DurableMemory
{
    private readonly FastMemory _memory;
    private readonly ProbeSpec _spec;

    /// <exception cref="NestedLearningException">The state cannot be restored.</exception>
    public DurableMemory(SimulatedStore store, RunPlan plan, TenantId tenant)
    {
        _spec = new ProbeSpec(plan.Settings.Spec);
        Tenant = tenant;
        Sources = [.. plan.Sources.Where(source => source.Tenant == tenant)];
        _memory = new FastMemory(new MemoryAddress(World.Model, tenant), _spec, plan.Settings.Policy);
        if (store.Load(StateKey.Memory(World.Model, tenant)) is { } saved)
        {
            _memory.Load(saved.Bytes);
            SavedBytes = saved.Bytes.Length;
        }

        Counts = new int[plan.EventCount];
    }

    public TenantId Tenant { get; }

    public IReadOnlyList<SourcePlan> Sources { get; }

    /// <summary>How often it keeps each event of the run that is in no version it would adopt.</summary>
    public int[] Counts { get; }

    public int SavedBytes { get; }

    /// <summary>The events that it says it has learned.</summary>
    public long Learned => _memory.Learned;

    /// <summary>Its updates that are in no version it would adopt.</summary>
    public int UnderWay => _memory.InFlight(World.LevelId);

    /// <summary>The last event of a source that it would have.</summary>
    public long Applied(SourceId source) => _memory.ReceiptFor(source).AppliedThrough;

    /// <summary>Adopts the level's version, as it does when it is opened.</summary>
    public void Join(DurableLevel level)
    {
        long mark = level.Mark(Tenant);
        _memory.Adopt(World.LevelId, level.Version, new Receipt(mark, mark));
        Array.Clear(Counts);
        EventCode.Count(_spec.Model!.Save().Get<SparseTensor>("keys").Rows, Counts);
    }
}
