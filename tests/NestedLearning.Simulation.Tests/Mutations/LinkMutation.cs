using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation.Tests.Mutations;

/// <summary>A memory's way to its level, broken in one way.</summary>
internal class LinkMutation(ILevelLink inner) : ILevelLink
{
    public LevelId Level => inner.Level;

    public long Version => inner.Version;

    public virtual ValueTask<Receipt> SubmitAsync(ReadOnlyMemory<byte> update, CancellationToken cancellationToken) =>
        inner.SubmitAsync(update, cancellationToken);

    public virtual ValueTask<PulledVersion> PullAsync(SourceId source, LevelVersion? last, CancellationToken cancellationToken) =>
        inner.PullAsync(source, last, cancellationToken);

    public ValueTask<LevelMarks> GetOwnedMarksAsync(SourceId source, CancellationToken cancellationToken) =>
        inner.GetOwnedMarksAsync(source, cancellationToken);

    public ValueTask WaitForVersionAfterAsync(long version, CancellationToken cancellationToken) =>
        inner.WaitForVersionAfterAsync(version, cancellationToken);
}

/// <summary>What a level has applied is taken for durable, and no longer kept.</summary>
internal sealed class OutboxTrimmedByApplied(ILevelLink inner) : LinkMutation(inner)
{
    public override async ValueTask<Receipt> SubmitAsync(ReadOnlyMemory<byte> update, CancellationToken cancellationToken)
    {
        Receipt receipt = await base.SubmitAsync(update, cancellationToken);
        return receipt with { DurableThrough = receipt.AppliedThrough };
    }
}

/// <summary>An update that was sent before is taken for applied.</summary>
internal sealed class ResendDropped(ILevelLink inner) : LinkMutation(inner)
{
    private readonly Dictionary<SourceId, Receipt> _sent = [];

    public override async ValueTask<Receipt> SubmitAsync(ReadOnlyMemory<byte> update, CancellationToken cancellationToken)
    {
        FrameHeader header = FrameCodec.Decode(update, FrameLimits.Default).Header;
        SourceId source = header.Source!.Value;
        Receipt last = _sent.GetValueOrDefault(source);
        if (header.Sequence <= last.AppliedThrough)
        {
            return last;
        }

        Receipt receipt = await base.SubmitAsync(update, cancellationToken);
        return _sent[source] = receipt with { AppliedThrough = Math.Max(header.Sequence, receipt.AppliedThrough) };
    }
}

/// <summary>A memory releases what is applied when it adopts a version, in it or not.</summary>
internal sealed class ReleasedTooEarly(ILevelLink inner) : LinkMutation(inner)
{
    public override async ValueTask<PulledVersion> PullAsync(SourceId source, LevelVersion? last, CancellationToken cancellationToken)
    {
        PulledVersion pulled = await base.PullAsync(source, last, cancellationToken);
        return pulled with { Marks = pulled.Marks with { DurableThrough = pulled.Marks.AppliedThrough } };
    }
}
