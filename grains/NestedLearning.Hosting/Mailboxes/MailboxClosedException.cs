namespace NestedLearning.Hosting;

/// <summary>A mailbox was closed before it accepted a turn; the turn did not run and never will.</summary>
public sealed class MailboxClosedException : NestedLearningException
{
    /// <summary>Names the mailbox.</summary>
    public MailboxClosedException(string mailbox)
        : base($"The mailbox of {mailbox} is closed and takes no more work.") => Mailbox = mailbox;

    /// <summary>Whose mailbox it is.</summary>
    public string Mailbox { get; }
}
