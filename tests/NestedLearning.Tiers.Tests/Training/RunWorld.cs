using NestedLearning.Models;

namespace NestedLearning.Tiers.Tests.Training;

/// <summary>
/// A run, its store, the memories of its shards, and workers that crash, lose answers and go on after they were replaced.
/// What happens next is up to the test.
/// </summary>
internal sealed class RunWorld
{
    private const long Events = 41;

    private static readonly ModelId Model = new("m");
    private static readonly RunSpec Spec = new("data", Workers: 3, ShardsPerWorker: 2, LeaseSeconds: 30);
    private static readonly RunExtent Extent = new(Events, "stamp", 0);

    private readonly ShardMemory[] _memories = [.. Enumerable.Range(1, Spec.Shards).Select(_ => new ShardMemory())];
    private readonly List<Loop> _loops = [];
    private TrainingRun _run = new(Model);
    private byte[] _saved = [];
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public RunWorld()
    {
        _run.Begin(Spec);
        _run.Plan(_run.Lease(1, _now)!.Lease, Extent);
        Save();
    }

    /// <summary>Something happens to somebody.</summary>
    public void Do(int what, int who)
    {
        Loop? loop = _loops.Count > 0 ? _loops[who % _loops.Count] : null;
        switch (what)
        {
            case 0:
                Lease(1 + (who % Spec.Workers));
                break;
            case 1:
                Feed(loop, 1 + (who % 5));
                break;
            case 2:
                Flush(loop, isAnswerLost: who % 4 == 0);
                break;
            case 3 when loop is not null && loop.Next > SizeOf(loop.Grant):
                Complete(loop);
                break;
            case 4:
                _now += TimeSpan.FromSeconds(who % 40);
                _run.Expire(_now);
                break;
            case 5:
                _memories[who % _memories.Length].Crash();
                break;
            case 6:
                _run = new TrainingRun(Model);
                _run.Load(_saved);
                break;
            case 7 when loop is not null:
                _loops.Remove(loop);
                break;
        }
    }

    /// <summary>What has to hold at any time.</summary>
    public bool IsSound
    {
        get
        {
            IReadOnlyList<LeaseStatus> leases = _run.Progress.Leases;
            return leases.Select(lease => lease.Worker).Distinct().Count() == leases.Count
                && leases.Select(lease => lease.Shard).Distinct().Count() == leases.Count
                && leases.All(lease => lease.DurableThrough <= _memories[lease.Shard - 1].Durable)
                && _memories.All(memory => memory.CountsOnce);
        }
    }

    /// <summary>From now on nothing goes wrong; true when the run then learns everything, each event once.</summary>
    public bool Finishes()
    {
        _loops.Clear();
        _now += Spec.LeaseTime;
        for (int round = 0; round < Spec.Shards && _run.IsUnderWay; round++)
        {
            Lease(1);
            while (_loops[^1].Next <= SizeOf(_loops[^1].Grant))
            {
                Feed(_loops[^1], 4);
            }

            Complete(_loops[^1]);
        }

        RunProgress progress = _run.Progress;
        return progress is { Stage: RunStage.Done, Durable: Events, Learned: Events, ShardsDone: 6 }
            && _memories.All(memory => memory.CountsOnce)
            && _memories.Sum(memory => memory.Durable) == Events;
    }

    private static long SizeOf(ShardGrant grant) =>
        Enumerable.Range(0, (int)Events).Count(i => i >= grant.Shard.Start && i < grant.Shard.End && i % Spec.Workers == grant.Shard.Lane);

    private void Lease(int worker)
    {
        if (_run.Lease(worker, _now) is { } grant)
        {
            Save();
            _loops.Add(new Loop(grant));
        }
    }

    private void Feed(Loop? loop, int count)
    {
        if (loop is not null)
        {
            ShardMemory memory = _memories[loop.Grant.Lease.Shard - 1];
            long last = Math.Min(SizeOf(loop.Grant), loop.Next + count - 1);
            loop.Next = 1 + memory.Feed(after: loop.Next - 1, last);
        }
    }

    private void Flush(Loop? loop, bool isAnswerLost)
    {
        if (loop is not null)
        {
            ShardReport report = _memories[loop.Grant.Lease.Shard - 1].Flush();
            Tell(loop, () => _run.Renew(loop.Grant.Lease, report, _now), isAnswerLost);
        }
    }

    private void Complete(Loop loop)
    {
        ShardMemory memory = _memories[loop.Grant.Lease.Shard - 1];
        if (memory.Applied < loop.Next - 1)
        {
            loop.Next = memory.Applied + 1;
            return;
        }

        ShardReport report = memory.Flush();
        Tell(loop, () => _run.Complete(loop.Grant.Lease, report), isAnswerLost: false);
        Save();
    }

    private void Tell(Loop loop, Action report, bool isAnswerLost)
    {
        try
        {
            if (!isAnswerLost)
            {
                report();
            }
        }
        catch (LeaseLostException)
        {
            _loops.Remove(loop);
        }
    }

    private void Save()
    {
        _saved = _run.Save();
        _run.ConfirmSaved();
    }

    /// <summary>A worker's work on a shard; it may go on after its lease was lost.</summary>
    private sealed class Loop(ShardGrant grant)
    {
        public ShardGrant Grant => grant;

        public long Next { get; set; } = grant.After + 1;
    }
}
