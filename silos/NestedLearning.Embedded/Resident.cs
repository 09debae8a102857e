using NestedLearning.Hosting;

namespace NestedLearning.Embedded;

/// <summary>A memory that is in this process, and who uses it; guarded by the lock of <see cref="ResidentMemories"/>.</summary>
internal sealed class Resident(Task<MemoryHost> memory, DateTimeOffset now)
{
    private TaskCompletionSource? _closing;

    /// <summary>Stands for a memory that is not here, so that nobody opens it.</summary>
    public static Resident Absent(DateTimeOffset now) => new(Task.FromCanceled<MemoryHost>(new CancellationToken(true)), now);

    /// <summary>The memory, once it is opened.</summary>
    public Task<MemoryHost> Memory => memory;

    /// <summary>How many calls use it now.</summary>
    public int Users { get; set; }

    /// <summary>When it was used last.</summary>
    public DateTimeOffset LastUsed { get; set; } = now;

    /// <summary>Whether it is stopped while it may be used.</summary>
    public bool IsTakenAway { get; set; }

    /// <summary>Ends once it is closed, or stays after all; null while nobody closes it.</summary>
    public Task? Closing => _closing?.Task;

    /// <summary>Whether it may be closed, because nobody used it since.</summary>
    public bool IsIdle(DateTimeOffset since) =>
        Users == 0 && _closing is null && memory.IsCompletedSuccessfully && LastUsed <= since;

    public void BeginClosing() => _closing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void EndClosing()
    {
        _closing?.SetResult();
        _closing = null;
    }
}
