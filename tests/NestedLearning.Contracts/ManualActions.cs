using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Contracts;

/// <summary>Actions that a test counts, and ends when it likes.</summary>
public sealed class ManualActions : IScheduledActions
{
    private int _begun;
    private TaskCompletionSource<ConsolidationReport> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many actions have begun.</summary>
    public int Begun => Volatile.Read(ref _begun);

    /// <summary>Lets what is under way, and what comes, end.</summary>
    public void Finish(int memories = 1) => _end.TrySetResult(new ConsolidationReport(memories, []));

    /// <summary>Lets what is under way, and what comes, fail.</summary>
    public void Fail(Exception error) => _end.TrySetException(error);

    /// <summary>From now on actions wait again.</summary>
    public void Reset() => _end = new TaskCompletionSource<ConsolidationReport>(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask<ConsolidationReport> ConsolidateAsync(ModelId model, LevelId? level, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _begun);
        return await _end.Task.WaitAsync(cancellationToken);
    }

    public ValueTask<SnapshotReport> SnapshotAsync(ModelId model, ScheduleSpec keeper, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new SnapshotReport([new KeptVersion(new LevelId("slow"), keeper.Keep, 7, true)]));

    public ValueTask<EvaluationReport> EvaluateAsync(ModelId model, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new EvaluationReport(1, [new LearningTally("p", 10 * Interlocked.Increment(ref _begun), 3 * _begun)]));

    public ValueTask<ExpiryReport> ExpireAsync(ModelId model, TimeSpan idleFor, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new ExpiryReport((int)idleFor.TotalMinutes, 0));
}
