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
}
