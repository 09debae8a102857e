using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>One life of a silo: the owners that it hosts, with the hosts that every engine uses.</summary>
internal sealed class SiloLife
{
    private readonly World _world;
    private readonly TierHosting _hosting;
    private readonly LevelReplica _replica;
    private readonly Dictionary<TenantId, HostedOwner<MemoryHost>> _memories = [];
    private HostedOwner<ConsolidatorHost>? _level;
    private LevelService? _service;

    public SiloLife(World world, int node, string name)
    {
        _world = world;
        Life = new NodeLife(world, node, name);
        _hosting = new TierHosting(world.Wiring.Store(new NodeStore(world, Life), Life), new SimulatedCompute(world, Life))
        {
            Mailbox = new MailboxOptions { Scheduler = Life.Tasks },
            Time = Life.Clock,
        };
        _replica = new LevelReplica(Life, new RemoteLevel(world, Life));
    }

    public NodeLife Life { get; }

    /// <summary>Calls the consolidator, which has to belong here.</summary>
    public Task<T> UseLevelAsync<T>(Func<ILevelService, Task<T>> call)
    {
        if (_level is null)
        {
            CheckBelongs(World.Level);
            _level = new HostedOwner<ConsolidatorHost>(World.Level, OpenLevelAsync, CloseLevel);
        }

        return _level.UseAsync(host =>
        {
            _service = _service?.Host == host ? _service : new LevelService(_world, Life, host);
            return call(_world.Wiring.Level(_service));
        });
    }

    /// <summary>Calls a memory, which has to belong here.</summary>
    public Task<T> UseMemoryAsync<T>(TenantId tenant, Func<MemoryHost, Task<T>> call) => MemoryOwner(tenant).UseAsync(call);

    /// <summary>Takes a memory away, which has to belong here; nobody opens it here meanwhile.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> ForgetMemoryAsync(TenantId tenant)
    {
        HostedOwner<MemoryHost> owner = MemoryOwner(tenant);
        try
        {
            return await owner.TakeAwayAsync(async host => await MemoryErasure.EraseAsync(
                AddressOf(tenant), _world.Plan.Settings, [LinkOf(tenant)], host, _hosting.Store, CancellationToken.None));
        }
        finally
        {
            if (_memories.GetValueOrDefault(tenant) == owner)
            {
                _memories.Remove(tenant);
            }
        }
    }

    /// <summary>Lets go of what belongs elsewhere by now.</summary>
    public void GiveUpMoved()
    {
        if (_world.Placement.SiloOf(World.Level) != Life.Node)
        {
            _level?.GiveUp();
            _level = null;
        }

        foreach ((TenantId tenant, HostedOwner<MemoryHost> owner) in _memories.Where(pair => _world.Placement.SiloOf(pair.Key.Value) != Life.Node).ToArray())
        {
            owner.GiveUp();
            _memories.Remove(tenant);
        }
    }

    /// <summary>Lets go of everything.</summary>
    public void GiveUpAll()
    {
        foreach (HostedOwner<MemoryHost> owner in _memories.Values.ToArray())
        {
            owner.GiveUp();
        }

        _level?.GiveUp();
    }

    private HostedOwner<MemoryHost> MemoryOwner(TenantId tenant)
    {
        if (!_memories.TryGetValue(tenant, out HostedOwner<MemoryHost>? owner))
        {
            CheckBelongs(tenant.Value);
            owner = _memories[tenant] = new HostedOwner<MemoryHost>(
                tenant.Value, () => OpenMemoryAsync(tenant), host => CloseMemory(tenant, host));
        }

        return owner;
    }

    private static MemoryAddress AddressOf(TenantId tenant) => new(World.Model, tenant);

    private ObservedLink LinkOf(TenantId tenant) => new(_world, Life, tenant, _world.Wiring.Link(_replica));

    private void CheckBelongs(string owner)
    {
        if (_world.Placement.SiloOf(owner) != Life.Node)
        {
            throw new StoppingException(owner);
        }
    }

    private async Task<ConsolidatorHost> OpenLevelAsync()
    {
        _world.Trace.Add(Life.Name, "opens the level");
        return await ConsolidatorHost.OpenAsync(World.Model, _world.Plan.Settings, World.LevelId, _hosting, CancellationToken.None);
    }

    private async Task<MemoryHost> OpenMemoryAsync(TenantId tenant)
    {
        _world.Trace.Add(Life.Name, $"opens {tenant}");
        return await MemoryHost.OpenAsync(AddressOf(tenant), _world.Plan.Settings, [LinkOf(tenant)], _hosting, CancellationToken.None);
    }

    private void CloseLevel(ConsolidatorHost host)
    {
        _level = null;
        Close(host);
    }

    private void CloseMemory(TenantId tenant, MemoryHost host)
    {
        _memories.Remove(tenant);
        Close(host);
    }

    private void Close(IAsyncDisposable host) => Life.Start(async () =>
    {
        try
        {
            await host.DisposeAsync();
        }
        catch (NestedLearningException error)
        {
            _world.Trace.Add(Life.Name, $"could not save on the way out: {error.Message}");
        }
    });
}
