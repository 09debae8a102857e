using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation.Tests.Mutations;

/// <summary>A level that takes updates whatever their number is.</summary>
internal sealed class LevelMutation(ILevelService inner, Func<long, long, bool> isTaken) : ILevelService
{
    public static bool AfterAGap(long sequence, long next) => sequence > next;

    public static bool Known(long sequence, long next) => sequence < next;

    public async Task<Receipt> SubmitAsync(ReadOnlyMemory<byte> update)
    {
        Frame frame = FrameCodec.Decode(update, FrameLimits.Default);
        LevelMarks marks = await inner.GetMarksAsync(frame.Header.Source!.Value);
        long next = marks.Marks.AppliedThrough + 1;
        return await inner.SubmitAsync(isTaken(frame.Header.Sequence, next)
            ? FrameCodec.Encode(new Frame(frame.Header with { Sequence = next }, frame.Tensors), EncodingPolicy.Lossless)
            : update);
    }

    public Task<LevelMarks> GetMarksAsync(SourceId source) => inner.GetMarksAsync(source);

    public Task<VersionReply> PullFramesAsync(long version) => inner.PullFramesAsync(version);

    public Task<LevelMarks> GetOwnedMarksAsync(SourceId source) => inner.GetOwnedMarksAsync(source);

    public Task<long> WaitPastAsync(long version) => inner.WaitPastAsync(version);
}
