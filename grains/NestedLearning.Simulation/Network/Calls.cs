namespace NestedLearning.Simulation;

/// <summary>Calls from one node to another: a request and an answer, either of which may be lost, late or repeated.</summary>
internal sealed class Calls(World world)
{
    /// <summary>How long a caller waits for an answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Makes a call once.</summary>
    /// <exception cref="UnreachableException">No answer came in time.</exception>
    public Task<T> AskAsync<T>(NodeLife caller, int node, string what, Func<SiloLife, Task<T>> handle)
    {
        TaskCompletionSource<T> answer = new();
        caller.After(Timeout, () => answer.TrySetException(new UnreachableException(what)));
        world.Network.Send(caller.Node, node, what, () => Handle(caller, node, what, handle, answer));
        return answer.Task;
    }

    /// <summary>Makes a call again, with growing pauses, while what is wrong may pass.</summary>
    public static async Task<T> RepeatAsync<T>(NodeLife caller, World world, int repeats, Func<Task<T>> call)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (NestedLearningException error) when (attempt < repeats && MayPass(error))
            {
                TimeSpan pause = ShortestPause * Math.Min(1 << Math.Min(attempt, 6), 32);
                await caller.Delay(world.Chance.Between(pause / 2, pause));
            }
        }
    }

    /// <summary>Whether the same call, a little later, may succeed.</summary>
    public static bool MayPass(NestedLearningException error) => error
        is UnreachableException or Tiers.BusyException or Tiers.StoppingException or Hosting.MailboxClosedException
        or Tiers.StoreException { Problem: not Tiers.StoreProblem.Damaged };

    private void Handle<T>(NodeLife caller, int node, string what, Func<SiloLife, Task<T>> handle, TaskCompletionSource<T> answer)
    {
        if (world.Silos[node].Current is not { } silo)
        {
            return; // Nobody is there; the caller finds out by waiting.
        }

        silo.Life.Start(async () =>
        {
            Action reply;
            try
            {
                T result = await handle(silo);
                reply = () => answer.TrySetResult(result);
            }
            catch (NestedLearningException error)
            {
                reply = () => answer.TrySetException(error);
            }

            world.Network.Send(
                node,
                caller.Node,
                $"answer to {what}",
                () =>
                {
                    if (caller.IsAlive)
                    {
                        reply();
                    }
                });
        });
    }
}
