using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>Asks every silo of the cluster something about its memories.</summary>
internal sealed class SiloSweep(IGrainFactory grains, TierCalls calls, SiloMemoriesClient client)
{
    private IManagementGrain Management => grains.GetGrain<IManagementGrain>(0);

    /// <summary>Asks each silo; one that leaves meanwhile has no memories any more, and gives no answer.</summary>
    public async Task<IReadOnlyList<(SiloAddress Silo, T Answer)>> AskAsync<T>(
        Func<ISiloMemories, CancellationToken, ValueTask<T>> ask, CancellationToken cancellationToken)
        where T : struct
    {
        Dictionary<SiloAddress, SiloStatus> silos = await Management.GetHosts(onlyActive: true);
        T?[] answers = await Task.WhenAll(silos.Keys.Select(silo => AskAsync(silo, ask, cancellationToken)));
        return [.. silos.Keys.Zip(answers).Where(pair => pair.Second is not null).Select(pair => (pair.First, pair.Second!.Value))];
    }

    /// <summary>Has each silo do something with all its memories, and adds up what came of it.</summary>
    public async Task<(int Done, int Others, MemoryFailures Failures)> DoAsync(
        Func<ISiloMemories, string, ValueTask<SweepReply>> work, CancellationToken cancellationToken)
    {
        (int Done, int Others, MemoryFailures Failures) sum = default;
        foreach ((_, (int Done, int Others, MemoryFailures Failures) part) in await AskAsync(SweepAsync, cancellationToken))
        {
            sum = (sum.Done + part.Done, sum.Others + part.Others, sum.Failures + part.Failures);
        }

        return sum;

        async ValueTask<(int Done, int Others, MemoryFailures Failures)> SweepAsync(ISiloMemories memories, CancellationToken stop)
        {
            (int done, int others, MemoryFailures failures) = (0, 0, default);
            for (string? after = ""; after is not null;)
            {
                string from = after;
                SweepReply reply = await calls.AskOnceMoreAsync(_ => work(memories, from), stop);
                (done, others, failures) = (done + reply.Done, others + reply.Others, failures + new MemoryFailures(reply.Failed, reply.First));
                after = reply.Through;
            }

            return (done, others, failures);
        }
    }

    /// <summary>Whether whoever began a run of a schedule is gone: its silo, or the activation that it had there.</summary>
    public async ValueTask<bool> IsGoneAsync(ScheduleAddress schedule, ScheduleRun run)
    {
        Dictionary<SiloAddress, SiloStatus> silos = await Management.GetHosts();
        SiloAddress? owner = silos.Keys.FirstOrDefault(silo => silo.ToParsableString() == run.Owner);
        if (owner is null || silos[owner] == SiloStatus.Dead)
        {
            return true;
        }

        try
        {
            return !await client.Of(owner).IsRunningAsync(schedule.ToString());
        }
        catch (Exception error) when (TierCalls.MayPass(error))
        {
            return false; // The members will find out whether it is dead.
        }
    }

    private async Task<T?> AskAsync<T>(
        SiloAddress silo, Func<ISiloMemories, CancellationToken, ValueTask<T>> ask, CancellationToken cancellationToken)
        where T : struct
    {
        try
        {
            return await ask(client.Of(silo), cancellationToken);
        }
        catch (Exception error) when (TierCalls.MayPass(error))
        {
            if ((await Management.GetHosts(onlyActive: true)).ContainsKey(silo))
            {
                throw;
            }

            return null;
        }
    }
}
