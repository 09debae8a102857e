namespace NestedLearning.Tiers;

/// <summary>The shards of a run and who holds them: at most one worker each, and each worker at most one.</summary>
/// <param name="shards">The shards by number; changed in place.</param>
/// <param name="leaseTime">How long a lease holds without a renewal.</param>
internal sealed class ShardTable(ShardRecord[] shards, TimeSpan leaseTime)
{
    public int Count => shards.Length;

    public int Done => shards.Count(shard => shard.State == ShardState.Done);

    public long Durable => shards.Sum(shard => shard.Report.DurableThrough);

    public long Learned => shards.Sum(shard => shard.Report.Learned);

    public long Correct => shards.Sum(shard => shard.Report.Correct);

    public IEnumerable<LeaseStatus> Leases => Where(shard => shard.State == ShardState.Leased).Select(StatusOf);

    /// <summary>The number of the shard that a worker gets: the one it holds, or the first that waits; 0 for none.</summary>
    public int NumberFor(int worker) =>
        Where(shard => shard.State == ShardState.Leased && shard.Worker == worker)
            .Concat(Where(shard => shard.State == ShardState.Waiting))
            .FirstOrDefault();

    /// <returns>The last of the shard's events that is durable.</returns>
    public long Grant(ShardLease lease, DateTimeOffset now)
    {
        ref ShardRecord shard = ref shards[lease.Shard - 1];
        shard = shard with
        {
            State = ShardState.Leased,
            Worker = lease.Worker,
            Lease = lease.Number,
            GrantedAt = now,
            RenewedAt = now,
        };
        return shard.Report.DurableThrough;
    }

    /// <exception cref="LeaseLostException">The lease is over.</exception>
    public void Renew(ShardLease lease, ShardReport report, DateTimeOffset now)
    {
        ref ShardRecord shard = ref Held(lease);
        shard = shard.With(report) with { RenewedAt = now };
    }

    /// <summary>Ends a shard; said again with the same lease it changes nothing.</summary>
    /// <exception cref="LeaseLostException">The lease is over.</exception>
    public void Complete(ShardLease lease, ShardReport report)
    {
        if (!Is(lease, ShardState.Done))
        {
            ref ShardRecord shard = ref Held(lease);
            shard = shard.With(report).Free(ShardState.Done);
        }
    }

    /// <summary>The shard of a lease that holds.</summary>
    /// <exception cref="LeaseLostException">The lease is over.</exception>
    public ref ShardRecord Held(ShardLease lease)
    {
        if (!Is(lease, ShardState.Leased))
        {
            throw new LeaseLostException(lease.ToString());
        }

        return ref shards[lease.Shard - 1];
    }

    /// <summary>Takes shards from workers that fell silent.</summary>
    public int Expire(DateTimeOffset now) => Release(shard => now >= shard.RenewedAt + leaseTime);

    /// <summary>Takes the shards from all workers.</summary>
    public int ReleaseAll() => Release(_ => true);

    private bool Is(ShardLease lease, ShardState state) =>
        lease.Shard > 0 && lease.Shard <= shards.Length
        && shards[lease.Shard - 1].State == state && shards[lease.Shard - 1].Lease == lease.Number;

    private int Release(Predicate<ShardRecord> isOver)
    {
        int[] over = [.. Where(shard => shard.State == ShardState.Leased && isOver(shard))];
        foreach (int number in over)
        {
            shards[number - 1] = shards[number - 1].Free(ShardState.Waiting);
        }

        return over.Length;
    }

    private IEnumerable<int> Where(Predicate<ShardRecord> holds) =>
        Enumerable.Range(1, shards.Length).Where(number => holds(shards[number - 1]));

    private LeaseStatus StatusOf(int number)
    {
        ShardRecord shard = shards[number - 1];
        return new LeaseStatus(
            number, shard.Worker, shard.GrantedAt, shard.RenewedAt, shard.RenewedAt + leaseTime, shard.Report.DurableThrough);
    }
}
