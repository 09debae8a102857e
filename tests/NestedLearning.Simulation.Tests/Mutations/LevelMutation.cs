using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation.Tests.Mutations;

/// <summary>A level as others call it, broken in one way.</summary>
internal class LevelMutation(ILevelService inner) : ILevelService
{
    public virtual Task<Receipt> SubmitAsync(ReadOnlyMemory<byte> update) => inner.SubmitAsync(update);

    public Task<LevelMarks> GetMarksAsync(SourceId source) => inner.GetMarksAsync(source);

    public Task<VersionReply> PullFramesAsync(long version) => inner.PullFramesAsync(version);

    public Task<LevelMarks> GetOwnedMarksAsync(SourceId source) => inner.GetOwnedMarksAsync(source);

    public Task<long> WaitPastAsync(long version) => inner.WaitPastAsync(version);

    public Task<IReadOnlyList<VersionRecord>> GetVersionsAsync(int count) => inner.GetVersionsAsync(count);

    public virtual Task<LineageEntry> RollbackAsync(long version, long from) => inner.RollbackAsync(version, from);

    public Task<LineageEntry> ReplayAsync(long version) => inner.ReplayAsync(version);

    public Task<ForgottenLevel> ForgetAsync(SourceId source) => inner.ForgetAsync(source);
}

/// <summary>A level that takes updates whatever their number is.</summary>
internal sealed class TakenUnderAnotherNumber(ILevelService inner, Func<long, long, bool> isTaken) : LevelMutation(inner)
{
    public static bool AfterAGap(long sequence, long next) => sequence > next;

    public static bool Known(long sequence, long next) => sequence < next;

    public override async Task<Receipt> SubmitAsync(ReadOnlyMemory<byte> update)
    {
        Frame frame = FrameCodec.Decode(update, FrameLimits.Default);
        LevelMarks marks = await GetMarksAsync(frame.Header.Source!.Value);
        long next = marks.Marks.AppliedThrough + 1;
        return await base.SubmitAsync(isTaken(frame.Header.Sequence, next)
            ? FrameCodec.Encode(new Frame(frame.Header with { Sequence = next }, frame.Tensors), EncodingPolicy.Lossless)
            : update);
    }
}

/// <summary>A level that goes back whatever its newest version is: also when somebody asks again, or others have folded since.</summary>
internal sealed class RolledBackFromAnyVersion(ILevelService inner) : LevelMutation(inner)
{
    public override async Task<LineageEntry> RollbackAsync(long version, long from)
    {
        IReadOnlyList<VersionRecord> newest = await GetVersionsAsync(1);
        return await base.RollbackAsync(version, newest[0].Entry.Version);
    }
}
