using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>A consolidator as other nodes call it.</summary>
internal interface ILevelService
{
    Task<Receipt> SubmitAsync(ReadOnlyMemory<byte> update);

    Task<LevelMarks> GetMarksAsync(SourceId source);

    Task<VersionReply> PullFramesAsync(long version);

    Task<LevelMarks> GetOwnedMarksAsync(SourceId source);

    /// <summary>Answers once a version after the given one is durable, or after a while; always with the newest number.</summary>
    Task<long> WaitPastAsync(long version);

    /// <summary>Where the newest versions came from, newest first.</summary>
    Task<IReadOnlyList<VersionRecord>> GetVersionsAsync(int count);

    /// <summary>Publishes an earlier version again.</summary>
    Task<LineageEntry> RollbackAsync(long version, long from);

    /// <summary>Folds what a version left out.</summary>
    Task<LineageEntry> ReplayAsync(long version);

    /// <summary>Takes a source out, and answers once nothing of it is stored.</summary>
    Task<ForgottenLevel> ForgetAsync(SourceId source);
}
