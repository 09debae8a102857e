using System.Runtime.ExceptionServices;
using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>
/// The memories of a model that are in this process: opened on first use, and closed again when nobody has used them for a
/// while. A memory is only closed while nobody uses it, and whoever comes meanwhile gets it opened again: no call ever
/// meets a closed one.
/// </summary>
internal sealed class ResidentMemories(Func<TenantId, Task<MemoryHost>> open, TimeProvider time) : IAsyncDisposable
{
    private readonly Dictionary<TenantId, Resident> _residents = [];
    private readonly Lock _lock = new();
    private bool _isClosed;

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _residents.Count;
            }
        }
    }

    /// <summary>Uses a memory, activated on first use. A failed activation is tried again by the next caller.</summary>
    /// <exception cref="ObjectDisposedException">The model is closed.</exception>
    public async ValueTask<T> UseAsync<T>(TenantId tenant, Func<MemoryHost, ValueTask<T>> use, CancellationToken cancellationToken)
    {
        Resident resident = await EnterAsync(tenant, cancellationToken);
        try
        {
            return await use(await resident.Memory.WaitAsync(cancellationToken));
        }
        catch (MailboxClosedException) when (resident.IsTakenAway)
        {
            throw new StoppingException($"The memory of '{tenant}'");
        }
        finally
        {
            lock (_lock)
            {
                resident.LastUsed = time.GetUtcNow();
                resident.Users--;
            }
        }
    }

    /// <summary>Does something with every memory, and goes on after one that fails. That counts as no use.</summary>
    public async Task<MemoryFailures> ForEachAsync(Func<MemoryHost, CancellationToken, ValueTask> work, CancellationToken cancellationToken)
    {
        Resident[] residents = EnterAll();
        try
        {
            return await MemoryWork.ForEachAsync(
                residents, async (resident, stop) => await work(await resident.Memory.WaitAsync(stop), stop), cancellationToken);
        }
        finally
        {
            lock (_lock)
            {
                Array.ForEach(residents, resident => resident.Users--);
            }
        }
    }

    /// <summary>Closes the memories that nobody has used for a while.</summary>
    /// <param name="idleFor">For how long.</param>
    /// <param name="before">What is done with each before; where that fails, the memory stays.</param>
    /// <param name="cancellationToken">Gives up; what is closed is closed.</param>
    /// <returns>How many were closed, and those that failed.</returns>
    public async Task<(int Closed, MemoryFailures Failures)> CloseIdleAsync(
        TimeSpan idleFor, Func<MemoryHost, CancellationToken, ValueTask> before, CancellationToken cancellationToken)
    {
        DateTimeOffset since = time.GetUtcNow() - idleFor;
        TenantId[] idle;
        lock (_lock)
        {
            idle = [.. _residents.Where(pair => pair.Value.IsIdle(since)).Select(pair => pair.Key)];
        }

        int closed = 0;
        MemoryFailures failures = await MemoryWork.ForEachAsync(
            idle,
            async (tenant, stop) =>
            {
                if (TryBeginClosing(tenant, since) is { } resident)
                {
                    await CloseAsync(tenant, resident, before, stop);
                    Interlocked.Increment(ref closed);
                }
            },
            cancellationToken);
        return (closed, failures);
    }

    /// <summary>
    /// Lets somebody stop a memory, used or not, and do away with it. Who comes meanwhile waits, and finds a new one; who uses it is
    /// refused with <see cref="StoppingException"/>.
    /// </summary>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="work">Gets the memory if it is here. Where it throws before that is stopped, the memory stays.</param>
    /// <param name="cancellationToken">Gives up waiting for somebody else who closes it.</param>
    public async Task<T> TakeAwayAsync<T>(TenantId tenant, Func<MemoryHost?, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        Resident resident = await BeginTakingAwayAsync(tenant, cancellationToken);
        await ((Task)resident.Memory).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        MemoryHost? host = resident.Memory.IsCompletedSuccessfully ? await resident.Memory : null;
        try
        {
            return await work(host);
        }
        finally
        {
            lock (_lock)
            {
                if (host is { IsStopped: false })
                {
                    resident.IsTakenAway = false;
                }
                else
                {
                    _residents.Remove(tenant);
                }

                resident.EndClosing();
            }
        }
    }

    /// <summary>Stops all without saving them. Whoever uses one is refused, and so is whoever comes.</summary>
    public async Task AbandonAsync()
    {
        foreach (Resident resident in Close())
        {
            await (resident.Closing ?? Task.CompletedTask);
            await ((Task)resident.Memory).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await (resident.Memory.IsCompletedSuccessfully ? (await resident.Memory).AbandonAsync() : ValueTask.CompletedTask);
        }
    }

    /// <summary>Closes all, whatever fails on the way, and then throws the first failure.</summary>
    public async ValueTask DisposeAsync()
    {
        Exception? failure = null;
        foreach (Resident resident in Close())
        {
            await (resident.Closing ?? Task.CompletedTask);
            await ((Task)resident.Memory).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                // One whose activation failed has told its caller, and holds nothing.
                await (resident.Memory.IsCompletedSuccessfully ? (await resident.Memory).DisposeAsync() : ValueTask.CompletedTask);
            }
            catch (Exception error)
            {
                failure ??= error;
            }
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private Resident[] Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            return [.. _residents.Values];
        }
    }

    private async ValueTask<Resident> EnterAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task closing;
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_isClosed, this);
                if (!_residents.TryGetValue(tenant, out Resident? resident) || resident.Memory.IsFaulted)
                {
                    // On a thread of its own: a memory's state can be large, and the lock is everybody's.
                    resident = new Resident(Task.Run(() => open(tenant), CancellationToken.None), time.GetUtcNow());
                    _residents[tenant] = resident;
                }

                if (resident.Closing is null)
                {
                    resident.Users++;
                    return resident;
                }

                closing = resident.Closing;
            }

            await closing.WaitAsync(cancellationToken);
        }
    }

    private async Task<Resident> BeginTakingAwayAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task closing;
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_isClosed, this);
                if (!_residents.TryGetValue(tenant, out Resident? resident) || resident.Memory.IsFaulted)
                {
                    resident = Resident.Absent(time.GetUtcNow());
                    _residents[tenant] = resident;
                }

                if (resident.Closing is null)
                {
                    resident.BeginClosing();
                    resident.IsTakenAway = true;
                    return resident;
                }

                closing = resident.Closing;
            }

            await closing.WaitAsync(cancellationToken);
        }
    }

    private Resident[] EnterAll()
    {
        lock (_lock)
        {
            Resident[] residents = [.. _residents.Values.Where(resident => resident.Closing is null && !resident.Memory.IsFaulted)];
            Array.ForEach(residents, resident => resident.Users++);
            return residents;
        }
    }

    private Resident? TryBeginClosing(TenantId tenant, DateTimeOffset since)
    {
        lock (_lock)
        {
            if (_isClosed || !_residents.TryGetValue(tenant, out Resident? resident) || !resident.IsIdle(since))
            {
                return null;
            }

            resident.BeginClosing();
            return resident;
        }
    }

    private async ValueTask CloseAsync(
        TenantId tenant, Resident resident, Func<MemoryHost, CancellationToken, ValueTask> before, CancellationToken cancellationToken)
    {
        MemoryHost memory = await resident.Memory;
        bool isClosed = false;
        try
        {
            await before(memory, cancellationToken);
            isClosed = true;
            await memory.DisposeAsync();
        }
        finally
        {
            lock (_lock)
            {
                if (isClosed)
                {
                    _residents.Remove(tenant);
                }

                resident.EndClosing();
            }
        }
    }
}
