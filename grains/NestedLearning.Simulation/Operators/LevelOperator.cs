using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>
/// A process that does what a run's plan says by hand, one thing after another. Who gets no answer asks again, and so does the next
/// process after a crash: with the same words, as somebody who repeats a command.
/// </summary>
internal sealed class LevelOperator(World world, IReadOnlyList<Operation> plan, int node)
{
    private const int MaxRepeats = 1000;
    private const int VersionsToChooseFrom = 24;

    /// <summary>After the faults: what is late has come by then, and nobody acts for a tenant who should not.</summary>
    private static readonly TimeSpan TimeToCalmDown = TimeSpan.FromSeconds(20);

    private readonly List<TenantId> _returning = [];
    private NodeLife? _life;
    private int _lives;
    private int _done;
    private bool _hasWaited;
    private (long Version, long From)? _rollback;
    private long? _replay;

    /// <summary>Whether everything is done.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Starts, unless it runs or has nothing left to do.</summary>
    public void Start()
    {
        if (!IsDone && _life is not { IsAlive: true })
        {
            NodeLife life = new(world, node, $"operator.{++_lives}");
            _life = life;
            world.Trace.Add(life.Name, $"starts with operation {_done + 1} of {plan.Count}");
            life.Start(() => OperateAsync(life, new RemoteLevel(world, life, MaxRepeats)));
        }
    }

    public void Crash()
    {
        if (_life is { IsAlive: true } life)
        {
            world.Trace.Add(life.Name, "crashes");
            life.End();
        }
    }

    private async Task OperateAsync(NodeLife life, ILevelService level)
    {
        for (; _done < plan.Count; _done++)
        {
            if (!_hasWaited)
            {
                await life.Delay(plan[_done].After);
                _hasWaited = true;
            }

            await DoAsync(life, level, plan[_done]);
            _hasWaited = false;
        }

        if (_returning.Count > 0)
        {
            await life.Delay(world.TimeToCalm + TimeToCalmDown);
        }

        while (_returning.Count > 0)
        {
            await BringBackAsync(life, level, _returning[^1]);
            _returning.RemoveAt(_returning.Count - 1);
        }

        IsDone = true;
    }

    private Task DoAsync(NodeLife life, ILevelService level, Operation operation) => operation switch
    {
        RollbackOperation => RollBackAsync(life, level),
        ReplayOperation => ReplayAsync(life, level),
        ForgetOperation forget => TakeOutAsync(life, level, forget),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "a rollback, a replay or a tenant to forget"),
    };

    /// <summary>Goes back to a version that is offered, unless the level goes on meanwhile.</summary>
    private async Task RollBackAsync(NodeLife life, ILevelService level)
    {
        if (_rollback is null)
        {
            IReadOnlyList<VersionRecord> versions = await level.GetVersionsAsync(VersionsToChooseFrom);
            VersionRecord[] offered = [.. versions.Where(version => version.CanGoBackTo)];
            _rollback = offered.Length > 0 ? (world.Chance.Pick(offered).Entry.Version, versions[0].Entry.Version) : null;
        }

        if (_rollback is { } asked)
        {
            world.Trace.Add(life.Name, $"rolls back from version {asked.From} to version {asked.Version}");
            try
            {
                LineageEntry made = await level.RollbackAsync(asked.Version, asked.From);
                world.Invariants.OnRolledBack(asked.Version, asked.From, made);
            }
            catch (NestedLearningException error) when (error is VersionConflictException or UnknownVersionException)
            {
                world.Trace.Add(life.Name, $"is refused: {error.Message}");
            }

            _rollback = null;
        }
    }

    private async Task ReplayAsync(NodeLife life, ILevelService level)
    {
        if (_replay is null)
        {
            IReadOnlyList<VersionRecord> versions = await level.GetVersionsAsync(VersionsToChooseFrom);
            long[] waiting = [.. versions.Where(version => version.IsInQuarantine).Select(version => version.Entry.Version)];
            _replay = waiting.Length > 0 ? world.Chance.Pick(waiting) : null;
        }

        if (_replay is { } asked)
        {
            world.Trace.Add(life.Name, $"replays what version {asked} left out");
            try
            {
                LineageEntry made = await level.ReplayAsync(asked);
                world.Invariants.OnReplayed(asked, made);
            }
            catch (UnknownVersionException error)
            {
                world.Trace.Add(life.Name, $"is refused: {error.Message}");
            }

            _replay = null;
        }
    }

    private async Task TakeOutAsync(NodeLife life, ILevelService level, ForgetOperation operation)
    {
        world.StopFeeding(operation.Tenant);
        await ForgetAsync(life, level, operation.Tenant);
        if (operation.ComesBack && !_returning.Contains(operation.Tenant))
        {
            _returning.Add(operation.Tenant);
        }
    }

    /// <summary>What came too late for the first time is forgotten too; then the tenant is as new.</summary>
    private async Task BringBackAsync(NodeLife life, ILevelService level, TenantId tenant)
    {
        await ForgetAsync(life, level, tenant);
        world.FeedAnew(tenant);
    }

    /// <summary>The memory first, then what it contributed to the level.</summary>
    private async Task ForgetAsync(NodeLife life, ILevelService level, TenantId tenant)
    {
        world.Trace.Add(life.Name, $"forgets {tenant}");
        KnownPlacement placement = new(world.Placement);
        bool hadMemory = await Calls.RepeatAsync(
            life,
            world,
            MaxRepeats,
            () => placement.CallAsync(
                tenant.Value, silo => world.Calls.AskAsync(life, silo, $"forget {tenant}", host => host.ForgetMemoryAsync(tenant))));
        ForgottenLevel forgotten = await level.ForgetAsync(new SourceId(tenant.Value));
        world.Trace.Add(life.Name, $"is told: {(hadMemory ? "a memory" : "no memory")} of {tenant} is deleted, {forgotten.Events} events are taken out");
        world.Invariants.OnForgotten(tenant);
    }
}
