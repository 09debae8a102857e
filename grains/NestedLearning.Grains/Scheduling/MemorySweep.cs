using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>Something that is done with every memory of a model in this silo, as far as patience goes.</summary>
/// <param name="memories">The memories, in order of tenants.</param>
/// <param name="work">What is done; false where there was nothing to do.</param>
internal sealed class MemorySweep(
    IReadOnlyList<(TenantId Tenant, Resident<MemoryHost> Resident)> memories, Func<Resident<MemoryHost>, ValueTask<bool>> work)
{
    private const int AtOnce = 64;

    private int _done;
    private int _others;

    /// <summary>Goes on after a tenant.</summary>
    public async Task<SweepReply> RunAsync(string after, CancellationToken patience)
    {
        MemoryFailures failures = default;
        string? through = null;
        foreach ((TenantId Tenant, Resident<MemoryHost> Resident)[] some in
            memories.Where(memory => string.CompareOrdinal(memory.Tenant.Value, after) > 0).Chunk(AtOnce))
        {
            if (patience.IsCancellationRequested && through is not null)
            {
                return Reply(failures, through);
            }

            failures += await MemoryWork.ForEachAsync(some, (memory, _) => DoAsync(memory.Resident), CancellationToken.None);
            through = some[^1].Tenant.Value;
        }

        return Reply(failures, null);
    }

    private async ValueTask DoAsync(Resident<MemoryHost> resident)
    {
        try
        {
            bool isDone = await work(resident);
            Interlocked.Increment(ref isDone ? ref _done : ref _others);
        }
        catch (MailboxClosedException)
        {
            // It has left on its own, and saved what it has.
        }
    }

    private SweepReply Reply(MemoryFailures failures, string? through) => new(_done, _others, failures.Failed, failures.First, through);
}
