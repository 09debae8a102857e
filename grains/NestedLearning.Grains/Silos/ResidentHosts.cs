using System.Collections.Concurrent;
using NestedLearning.Hosting;
using NestedLearning.Models;

namespace NestedLearning.Grains;

/// <summary>The hosts that are in memory in this silo; of memories as many as it has room for.</summary>
internal sealed class ResidentHosts(TierSiloOptions options)
{
    /// <summary>What a resident memory occupies besides its private state: its grain, its mailbox, its tables.</summary>
    internal const int MemoryBaseBytes = 8 * 1024;

    private readonly ConcurrentDictionary<GrainId, Resident> _residents = new();
    private readonly ResidentBound _memories = new(options.MaxResidentMemories, options.MaxResidentMemoryBytes);

    /// <summary>Returns once another memory may be opened.</summary>
    public Task MakeRoomForMemoryAsync() => _memories.MakeRoomAsync();

    /// <summary>A host is open.</summary>
    /// <param name="grain">Whose it is.</param>
    /// <param name="host">The host.</param>
    /// <param name="leave">Lets the grain be deactivated once no call runs; it is not awaited.</param>
    public Resident<THost> Add<THost>(GrainId grain, THost host, Action leave)
        where THost : class, IAsyncDisposable
    {
        Resident<THost> resident = new(host, leave);
        resident.Touch(options.RoundClock.GetUtcNow());
        _residents[grain] = resident;
        if (host is MemoryHost memory)
        {
            TierMetrics.ResidentMemories.Add(1);
            _memories.Add(resident, Weigh(memory));
        }

        return resident;
    }

    /// <summary>A host is closed.</summary>
    public void Remove(GrainId grain, Resident resident)
    {
        _residents.TryRemove(KeyValuePair.Create(grain, resident));
        if (resident.AnyHost is MemoryHost)
        {
            TierMetrics.ResidentMemories.Add(-1);
            _memories.Remove(resident);
        }
    }

    /// <summary>A call uses a host, until what is returned is disposed.</summary>
    public ResidentUse Use(Resident resident)
    {
        if (resident.AnyHost is MemoryHost)
        {
            resident.Touch(options.RoundClock.GetUtcNow());
            _memories.Use(resident);
        }

        return new ResidentUse(this, resident);
    }

    /// <summary>The hosts of one kind, those included that are being closed.</summary>
    public IReadOnlyList<THost> All<THost>() => [.. _residents.Values.Select(resident => resident.AnyHost).OfType<THost>()];

    /// <summary>The memories of a model, in order of tenants.</summary>
    public IReadOnlyList<(TenantId Tenant, Resident<MemoryHost> Resident)> MemoriesOf(ModelId model) =>
    [
        .. _residents
            .Where(pair => pair.Value is Resident<MemoryHost>)
            .Select(pair => (Address: MemoryKey.Parse(pair.Key.Key.ToString()!), Resident: (Resident<MemoryHost>)pair.Value))
            .Where(memory => memory.Address.Model == model)
            .OrderBy(memory => memory.Address.Tenant.Value, StringComparer.Ordinal)
            .Select(memory => (memory.Address.Tenant, memory.Resident)),
    ];

    private static long Weigh(MemoryHost memory) => MemoryBaseBytes + memory.PrivateBytes;

    private void Release(Resident resident)
    {
        if (resident.AnyHost is MemoryHost memory)
        {
            resident.Touch(options.RoundClock.GetUtcNow());
            _memories.Release(resident, Weigh(memory));
        }
    }

    /// <summary>The time for which a call uses a host.</summary>
    public readonly struct ResidentUse(ResidentHosts residents, Resident resident) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => residents.Release(resident);
    }
}
