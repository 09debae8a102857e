namespace NestedLearning.Hosting;

/// <summary>How a mailbox queues.</summary>
public sealed record MailboxOptions
{
    /// <summary>
    /// How many turns may wait before senders have to: at least 1, 256 by default. More smooths bursts, and lets work
    /// grow old in the queue before a sender notices that the reader is behind.
    /// </summary>
    public int Capacity { get; init; } = 256;

    /// <summary>
    /// Where turns run; the thread pool by default. On another scheduler everything that they await goes on there, too, so
    /// that a simulation decides the order of all work.
    /// </summary>
    public TaskScheduler Scheduler { get; init; } = TaskScheduler.Default;
}
