using System.Collections.Concurrent;
using NestedLearning.Hosting;

namespace NestedLearning.Grains;

/// <summary>The hosts that are in memory in this silo.</summary>
internal sealed class ResidentHosts
{
    private readonly ConcurrentDictionary<GrainId, Resident> _residents = new();

    public void Add(GrainId grain, IAsyncDisposable host, Action leave)
    {
        _residents[grain] = new Resident(host, leave);
        if (host is MemoryHost)
        {
            TierMetrics.ResidentMemories.Add(1);
        }
    }

    public void Remove(GrainId grain, IAsyncDisposable host)
    {
        if (_residents.TryGetValue(grain, out Resident? resident) && resident.Host == host && _residents.TryRemove(grain, out _)
            && host is MemoryHost)
        {
            TierMetrics.ResidentMemories.Add(-1);
        }
    }

    /// <summary>The hosts of one kind.</summary>
    public IReadOnlyList<THost> All<THost>() => [.. _residents.Values.Select(resident => resident.Host).OfType<THost>()];

    private sealed record Resident(IAsyncDisposable Host, Action Leave);
}
