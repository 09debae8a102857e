namespace NestedLearning.Grains;

/// <summary>
/// A worker at work, beside the turns of its grain. It is given up rather than waited for when it has been silent for as
/// long as a lease holds: whatever it hangs on, its shard needs somebody who goes on, and that may be the same worker.
/// </summary>
internal sealed class RunningWork(TrainingWorker worker, CancellationToken stopping)
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private Task _task = Task.CompletedTask;

    public bool IsOver => _task.IsCompleted;

    public bool IsSilent => worker.IsSilent;

    /// <summary>Starts it on a thread of the pool.</summary>
    /// <param name="run">Works until there is nothing left, and raises no error.</param>
    public void Start(Func<TrainingWorker, CancellationToken, Task> run) => _task = Task.Run(() => run(worker, _stop.Token), CancellationToken.None);

    /// <summary>Tells it to stop, and does not wait: something that hangs may not listen.</summary>
    public void GiveUp() => _stop.Cancel();

    /// <summary>Tells it to stop, and waits for it as long as whoever asks can.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        GiveUp();
        await _task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
