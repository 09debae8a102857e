using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>A shared level as a memory reaches it, in this process or across the network. Every call may be repeated.</summary>
public interface ILevelLink
{
    /// <summary>The level.</summary>
    LevelId Level { get; }

    /// <summary>The newest durable version that is known here, read without waiting.</summary>
    long Version { get; }

    /// <summary>Sends an update up; a fold that it makes due comes after the answer.</summary>
    ValueTask<Receipt> SubmitAsync(ReadOnlyMemory<byte> update, CancellationToken cancellationToken);

    /// <summary>The newest durable version, and which of a source's updates it contains.</summary>
    /// <param name="source">The source that will adopt it.</param>
    /// <param name="last">What it has adopted; null at first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<PulledVersion> PullAsync(SourceId source, LevelVersion? last, CancellationToken cancellationToken);

    /// <summary>
    /// What of a source's updates is durable, by an owner that has just made sure that no other owner has saved the level
    /// since: whoever asks has heard of more than it was told last.
    /// </summary>
    /// <exception cref="NestedLearningException">Another owner has; the next call reaches that one.</exception>
    ValueTask<LevelMarks> GetOwnedMarksAsync(SourceId source, CancellationToken cancellationToken);

    /// <summary>
    /// Returns once a version after <paramref name="version"/> is durable, or earlier when the level may have lost what it
    /// was sent: whoever waits pulls, sends again what is missing, and waits again.
    /// </summary>
    /// <exception cref="NestedLearningException">The fold or the save on the way to it failed; each new wait tries again.</exception>
    ValueTask WaitForVersionAfterAsync(long version, CancellationToken cancellationToken);
}

/// <summary>A version to adopt, and what of the adopting source's own updates it contains: those that are durable.</summary>
public sealed record PulledVersion(LevelVersion Version, Receipt Marks);
