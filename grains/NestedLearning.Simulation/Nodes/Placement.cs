namespace NestedLearning.Simulation;

/// <summary>
/// Which silo an owner belongs to, as the membership says. A caller learns of a change when its call fails, the owner's
/// old silo a while later: until then both may act for it.
/// </summary>
internal sealed class Placement(World world)
{
    private readonly SortedDictionary<string, int> _silos = new(StringComparer.Ordinal);

    public IEnumerable<string> Owners => _silos.Keys;

    public int SiloOf(string owner) => _silos[owner];

    public void Move(string owner, int silo)
    {
        world.Trace.Add("membership", $"{owner} belongs to node {silo}");
        _silos[owner] = silo;
    }

    /// <summary>Moves what belongs to some silos to others.</summary>
    public void Evacuate(IReadOnlyCollection<int> silos)
    {
        int[] others = [.. Enumerable.Range(0, world.Silos.Count).Where(silo => !silos.Contains(silo) && world.Silos[silo].Current is not null)];
        foreach (string owner in _silos.Keys.Where(owner => silos.Contains(_silos[owner])).ToArray())
        {
            if (others.Length > 0)
            {
                Move(owner, world.Chance.Pick(others));
            }
        }
    }
}

/// <summary>The placement as one process knows it.</summary>
internal sealed class KnownPlacement(Placement placement)
{
    private readonly Dictionary<string, int> _known = [];

    public int SiloOf(string owner) =>
        _known.TryGetValue(owner, out int silo) ? silo : _known[owner] = placement.SiloOf(owner);

    /// <summary>Calls an owner; where that fails, its place is looked up again for the next call.</summary>
    public async Task<T> CallAsync<T>(string owner, Func<int, Task<T>> call)
    {
        try
        {
            return await call(SiloOf(owner));
        }
        catch (NestedLearningException error) when (Calls.MayPass(error))
        {
            _known.Remove(owner);
            throw;
        }
    }
}
