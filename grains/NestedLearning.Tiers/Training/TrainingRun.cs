using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>
/// A training run as a plain state machine: it cuts its data into shards, leases them to workers, and leases again what a
/// worker held that fell silent, from where its memory is durable. Not safe for concurrent use.
/// </summary>
/// <remarks>
/// Its host makes <see cref="Save"/> durable before it answers anything but a renewal. A renewal may be lost: then a shard
/// is leased again earlier, or from an earlier event, which costs time and nothing else. That events count once is not the
/// leases' doing but the memories' (<see cref="ShardGrant"/>); a lease only keeps two workers from doing the same work.
/// </remarks>
/// <param name="model">Whose run it is.</param>
public sealed class TrainingRun(ModelId model)
{
    private RunState? _state;

    /// <summary>Whether something changed since the last save.</summary>
    public bool HasUnsaved { get; private set; }

    /// <summary>Whether a run was begun and has not ended.</summary>
    public bool IsUnderWay => _state?.Stage is RunStage.Surveying or RunStage.Running;

    /// <summary>What the run is.</summary>
    /// <exception cref="UnknownRunException">None was begun.</exception>
    public RunSpec Spec => State.Spec;

    /// <summary>How it stands.</summary>
    /// <exception cref="UnknownRunException">None was begun.</exception>
    public RunProgress Progress => new(State.Number, State.Stage, Shards.Count, Shards.Done)
    {
        Workers = State.Spec.Workers,
        Events = State.Extent?.Events,
        Durable = Shards.Durable,
        Learned = Shards.Learned,
        Correct = Shards.Correct,
        Classes = State.Extent?.Classes ?? 0,
        Tasks = State.Extent?.Tasks ?? [],
        Measured = [.. State.MeasuredColumns().Select(column => column.Correct)],
        Problem = State.Problem,
        Leases = [.. Shards.Leases],
    };

    private RunState State => _state ?? throw new UnknownRunException(model);

    private ShardTable Shards => new(State.Shards, State.Spec.LeaseTime);

    /// <summary>Whether to begin a run means to read its data: not where it is under way or done.</summary>
    public bool WouldRead(RunSpec spec) => _state?.Spec != Complete(spec) || State.Stage is RunStage.Stopped or RunStage.Failed;

    /// <summary>
    /// Begins a run. The same run again goes on where it was, or is left alone if it is under way or done; any other is a
    /// new one.
    /// </summary>
    /// <exception cref="InvalidRunException">A setting is out of its range.</exception>
    /// <exception cref="RunUnderWayException">Another run is under way.</exception>
    public void Begin(RunSpec spec)
    {
        spec.Validate();
        spec = Complete(spec);
        if (_state?.Spec == spec)
        {
            GoOn();
            return;
        }

        if (IsUnderWay)
        {
            throw new RunUnderWayException(model);
        }

        Change(RunState.Of((_state?.Number ?? 0) + 1, spec));
    }

    /// <summary>
    /// Gives a worker a shard to learn: the one it holds already, since a worker that asks has nothing under way, or the
    /// first that nobody holds. Until the data is known only the first shard is given, and whoever gets it calls
    /// <see cref="Plan"/>.
    /// </summary>
    /// <returns>Null when there is nothing for it now.</returns>
    public ShardGrant? Lease(int worker, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(worker, 1);
        Expire(now);
        int number = Shards.NumberFor(worker);
        bool isOffered = State.Stage switch
        {
            RunStage.Running => number > 0,
            RunStage.Surveying => number == 1,
            _ => false,
        };
        if (!isOffered)
        {
            return null;
        }

        ShardLease lease = new(number, worker, State.LastLease + 1);
        long after = Shards.Grant(lease, now);
        Change(State with { LastLease = lease.Number });
        return new ShardGrant(State.Number, State.Spec, State.Extent, lease, after);
    }

    /// <summary>A worker has read the data through; shards can be learned from now on.</summary>
    /// <exception cref="LeaseLostException">The lease is over; the worker has to stop.</exception>
    public void Plan(ShardLease lease, RunExtent extent)
    {
        Shards.Held(lease);
        if (State.Stage == RunStage.Surveying)
        {
            Change(State with { Extent = extent, Stage = RunStage.Running });
        }
    }

    /// <summary>A worker reports about the shard it learns, and keeps it.</summary>
    /// <exception cref="LeaseLostException">The lease is over; the worker has to stop.</exception>
    public void Renew(ShardLease lease, ShardReport report, DateTimeOffset now)
    {
        Shards.Renew(lease, report, now);
        HasUnsaved = true;
    }

    /// <summary>A worker measured the tasks up to one that ended; said again it changes nothing.</summary>
    /// <param name="lease">The shard whose memory was asked.</param>
    /// <param name="task">The task that ended, from 0.</param>
    /// <param name="correct">The correct answers on each task up to it.</param>
    /// <exception cref="LeaseLostException">The lease is over; the worker has to stop.</exception>
    public void Measure(ShardLease lease, int task, IReadOnlyList<int> correct)
    {
        Shards.Held(lease);
        Change(State.With(lease.Shard, task, correct));
    }

    /// <summary>A shard is learned whole and in the shared levels. With the last one the run is done.</summary>
    /// <exception cref="LeaseLostException">The lease is over; the worker has to stop.</exception>
    public void Complete(ShardLease lease, ShardReport report)
    {
        Shards.Complete(lease, report);
        HasUnsaved = true;
        EndIfDone();
    }

    /// <summary>A worker found that the run cannot be learned.</summary>
    /// <exception cref="LeaseLostException">The lease is over; what its holder found counts no longer.</exception>
    public void Fail(ShardLease lease, string problem)
    {
        Shards.Held(lease);
        End(RunStage.Failed, problem);
    }

    /// <summary>Takes shards from workers that fell silent.</summary>
    /// <returns>How many.</returns>
    public int Expire(DateTimeOffset now)
    {
        int expired = Shards.Expire(now);
        HasUnsaved |= expired > 0;
        return expired;
    }

    /// <summary>Stops the run, unless it has ended; its workers hear of it when they report.</summary>
    public void Stop() => End(RunStage.Stopped, null);

    /// <summary>The whole state.</summary>
    public byte[] Save() => State.ToJson();

    /// <summary>What <see cref="Save"/> gave last is durable.</summary>
    public void ConfirmSaved() => HasUnsaved = false;

    /// <summary>Takes up a saved state.</summary>
    /// <exception cref="DamagedRunException">The bytes are not the state of a run.</exception>
    public void Load(ReadOnlyMemory<byte> saved) => _state = RunState.FromJson(saved.Span);

    private static RunSpec Complete(RunSpec spec) => spec with { Fields = spec.Fields ?? new FieldNames() };

    private void GoOn()
    {
        if (State.Stage is RunStage.Stopped or RunStage.Failed)
        {
            Change(State with { Stage = State.Extent is null ? RunStage.Surveying : RunStage.Running, Problem = null });
            EndIfDone();
        }
    }

    private void EndIfDone()
    {
        if (Shards.Done == Shards.Count)
        {
            string? problem = Shards.Durable == State.Extent!.Events
                ? null
                : FormattableString.Invariant($"The shards hold {Shards.Durable} events, the data has {State.Extent.Events}: it changed while it was learned.");
            End(problem is null ? RunStage.Done : RunStage.Failed, problem);
        }
    }

    private void End(RunStage stage, string? problem)
    {
        if (IsUnderWay)
        {
            Shards.ReleaseAll();
            Change(State with { Stage = stage, Problem = problem });
        }
    }

    private void Change(RunState state)
    {
        _state = state;
        HasUnsaved = true;
    }
}
