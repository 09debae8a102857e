using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>
/// The shared store as one life of a node reaches it: slow at times, failing before or after it did what was asked. What
/// is under way when the node crashes may take place all the same.
/// </summary>
internal sealed class NodeStore(World world, NodeLife life) : ITierStore
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(10);

    public async ValueTask<StoredState?> LoadAsync(StateKey key, CancellationToken cancellationToken) =>
        await RunAsync($"load {key}", key, () => world.Store.Load(key));

    public async ValueTask<string> SaveAsync(
        StateKey key, ReadOnlyMemory<byte> state, string? expectedETag, CancellationToken cancellationToken) =>
        await RunAsync($"save {key}, {state.Length} bytes,", key, () => world.Store.Save(key, state, expectedETag));

    public async ValueTask DeleteAsync(StateKey key, CancellationToken cancellationToken) => await RunAsync(
        $"delete {key}",
        key,
        () =>
        {
            world.Store.Delete(key);
            return true;
        });

    private Task<T> RunAsync<T>(string what, StateKey key, Func<T> work)
    {
        FaultProfile faults = world.Faults;
        TaskCompletionSource<T> done = new();
        bool failsBefore = world.Chance.Is(faults.StoreFailure / 2);
        bool failsAfter = world.Chance.Is(faults.StoreFailure / 2);
        bool survives = world.Chance.Is(0.5);
        TimeSpan back = Latency(faults);
        world.Agenda.After(
            Latency(faults),
            () =>
            {
                if (!life.IsAlive && !survives)
                {
                    return;
                }

                Action<TaskCompletionSource<T>> answer = failsBefore ? Fail : Attempt();
                life.After(back, () => (failsAfter ? Fail : answer)(done));
            });
        return done.Task;

        Action<TaskCompletionSource<T>> Attempt()
        {
            try
            {
                T result = work();
                world.Trace.Add(life.Name, $"{what} took place");
                return waiting => waiting.SetResult(result);
            }
            catch (StoreException error)
            {
                world.Trace.Add(life.Name, $"{what} refused: {error.Message}");
                return waiting => waiting.SetException(error);
            }
        }

        void Fail(TaskCompletionSource<T> waiting)
        {
            world.Trace.Add(life.Name, $"{what} failed {(failsBefore ? "before" : "after")} it took place");
            waiting.SetException(new StoreException(StoreProblem.Unavailable, key.Value, "the store cannot be reached"));
        }
    }

    private TimeSpan Latency(FaultProfile faults) =>
        world.Chance.Between(Shortest, world.Chance.Is(faults.SlowDisk) ? faults.LongestSave : Longest);
}
