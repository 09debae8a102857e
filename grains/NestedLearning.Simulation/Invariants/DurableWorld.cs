using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>What would be left if everything crashed now, kept up to date with every change of the store.</summary>
internal sealed class DurableWorld
{
    private readonly World _world;
    private readonly string _levelKeys;
    private readonly SortedDictionary<string, DurableMemory> _memories = new(StringComparer.Ordinal);

    public DurableWorld(World world)
    {
        _world = world;
        _levelKeys = StateKey.Consolidator(World.Model, World.LevelId).Value;
        Attachments = new StoredUpdates(world.Store);
        Level = new DurableLevel(world.Store, world.Plan, Attachments);
        foreach (TenantId tenant in world.Plan.Tenants)
        {
            Restore(tenant);
        }
    }

    /// <summary>What is stored beside the level's state.</summary>
    public StoredUpdates Attachments { get; }

    /// <summary>What memories have sent.</summary>
    public UpdateLog Updates { get; } = new();

    /// <summary>The tenants that are to be forgotten, or are, and are not fed anew: what is left of them counts for nobody.</summary>
    public HashSet<TenantId> Leaving { get; } = [];

    public DurableLevel Level { get; private set; }

    public IEnumerable<DurableMemory> Memories => _memories.Values;

    public DurableMemory Memory(TenantId tenant) => _memories[tenant.Value];

    public static bool IsMemory(StateKey key, out TenantId tenant)
    {
        string prefix = $"{World.Model}/memories/";
        bool isMemory = key.Value.StartsWith(prefix, StringComparison.Ordinal);
        tenant = isMemory ? new TenantId(key.Value[prefix.Length..]) : default;
        return isMemory;
    }

    public bool IsLevel(StateKey key) => key.Value.StartsWith(_levelKeys, StringComparison.Ordinal);

    public void Restore(TenantId tenant)
    {
        DurableMemory memory = new(_world.Store, _world.Plan, tenant);
        memory.Join(Level);
        _memories[tenant.Value] = memory;
    }

    public void RestoreLevel()
    {
        Level = new DurableLevel(_world.Store, _world.Plan, Attachments);
        foreach (DurableMemory memory in Memories)
        {
            memory.Join(Level);
        }
    }
}
