using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>Lets one call at a time through for each key. A key costs memory only while calls for it run or wait.</summary>
internal sealed class KeyGates
{
    private readonly Dictionary<StateKey, Gate> _gates = [];

    /// <summary>Waits until no other call for the key runs; dispose the pass to let the next one in.</summary>
    public async Task<Pass> EnterAsync(StateKey key, CancellationToken cancellationToken)
    {
        Gate gate = Join(key);
        try
        {
            await gate.Semaphore.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Leave(key, gate);
            throw;
        }

        return new Pass(this, key, gate);
    }

    private Gate Join(StateKey key)
    {
        lock (_gates)
        {
            if (!_gates.TryGetValue(key, out Gate? gate))
            {
                gate = _gates[key] = new Gate();
            }

            gate.Users++;
            return gate;
        }
    }

    private void Leave(StateKey key, Gate gate)
    {
        lock (_gates)
        {
            if (--gate.Users == 0)
            {
                _gates.Remove(key);
            }
        }
    }

    /// <summary>The right to work on a key.</summary>
    public readonly struct Pass(KeyGates gates, StateKey key, Gate gate) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose()
        {
            gate.Semaphore.Release();
            gates.Leave(key, gate);
        }
    }

    /// <summary>The gate of one key.</summary>
    internal sealed class Gate
    {
        /// <summary>Open for one.</summary>
        public SemaphoreSlim Semaphore { get; } = new(1, 1);

        /// <summary>The calls that run or wait.</summary>
        public int Users { get; set; }
    }
}
