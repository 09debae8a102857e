namespace NestedLearning.Grains;

/// <summary>
/// A host that is in memory in this silo. What is said of its use is guarded by the bound that counts it, if one does:
/// <c>idle</c> means that no call uses it, <c>leaving</c> that it was told to go.
/// </summary>
internal abstract class Resident(IAsyncDisposable host, Action leave)
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _gone;
    private long _lastUsed;

    public IAsyncDisposable AnyHost => host;

    /// <summary>Its place among the idle ones or among the leaving ones; in neither while it is used.</summary>
    public LinkedListNode<Resident> Place => field ??= new LinkedListNode<Resident>(this);

    /// <summary>How many calls use it.</summary>
    public int Uses { get; set; }

    /// <summary>What it was counted with.</summary>
    public long Bytes { get; set; }

    public bool IsLeaving => _gone is not null;

    /// <summary>Whether nobody uses it, or has since.</summary>
    public bool IsIdle(DateTimeOffset since) => Uses == 0 && !IsLeaving && Volatile.Read(ref _lastUsed) <= since.UtcTicks;

    /// <summary>A call uses it, or has used it.</summary>
    public void Touch(DateTimeOffset now) => Volatile.Write(ref _lastUsed, now.UtcTicks);

    /// <summary>Ends once it has left.</summary>
    public Task Gone => _gone?.Task ?? Task.CompletedTask;

    public void StartLeaving() => _gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether it was told to go because nobody uses it: nothing brings it back soon, so it leaves nothing unsent.</summary>
    public bool IsExpired { get; private set; }

    /// <summary>Ends once its host is closed, whatever closed it.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Tells it to go as soon as no call runs; those that come later find it in its storage.</summary>
    public void Leave() => leave();

    /// <summary>Tells it to go, and to send up what it learns until then.</summary>
    public void Expire()
    {
        IsExpired = true;
        Leave();
    }

    public void ConfirmClosed() => _closed.TrySetResult();

    public void ConfirmGone() => _gone?.TrySetResult();
}

/// <summary>A host of one kind that is in memory in this silo.</summary>
internal sealed class Resident<THost>(THost host, Action leave) : Resident(host, leave)
    where THost : class, IAsyncDisposable
{
    public THost Host => host;
}
