using System.Globalization;
using NestedLearning.Grains;
using NestedLearning.Tiers;
using Orleans.Concurrency;

namespace NestedLearning.Cluster.Benchmarks;

/// <summary>
/// A level as others see it, which takes and gives frames without computing: what a hop costs and nothing else. Its key is
/// how many bytes its version has.
/// </summary>
[Reentrant]
[Orleans.Placement.PreferLocalPlacement]
[GrainType(TypeName)]
internal sealed class HopLevelGrain : Grain, IConsolidatorGrain
{
    public const string TypeName = "hop-level";

    private readonly PartedUpdates _uploads = new(64, int.MaxValue);
    private readonly TierSiloOptions _options = new();
    private ReadOnlyMemory<byte> _frame;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _frame = new byte[int.Parse(this.GetPrimaryKeyString(), CultureInfo.InvariantCulture)];
        return Task.CompletedTask;
    }

    public ValueTask<SubmitReply> SubmitAsync(UpdatePart part, CancellationToken cancellationToken)
    {
        ReceiptReply? marks = _uploads.Take(part) is { } update ? ReceiptReply.From(new Receipt(update.Length, 0)) : null;
        return ValueTask.FromResult(new SubmitReply(marks, 1));
    }

    public ValueTask<VersionOffer> OfferAsync(long from, CancellationToken cancellationToken) => ValueTask.FromResult(
        new VersionOffer(1, [_frame.Length], _frame.Length <= _options.MessageBytes ? [new Payload(_frame)] : []));

    public ValueTask<Payload> ReadAsync(long from, long version, int frame, int offset, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new Payload(_frame.Slice(offset, Math.Min(_options.MessageBytes, _frame.Length - offset))));

    public ValueTask<VersionOffer> OfferCheckpointAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Payload> ReadCheckpointAsync(long version, int frame, int offset, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<MarksReply> GetMarksAsync(string source, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<MarksReply> GetOwnedMarksAsync(string source, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<long> WaitPastAsync(long version, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<LevelReply?> FoldNowAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Payload> GetVersionsAsync(long before, int count, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Payload> RollbackAsync(long version, long from, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Payload> ReplayAsync(long version, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Payload?> ForgetAsync(string source, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<ExportPage> ExportAsync(string source, long through, Guid export, int page, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask LeaveAsync() => throw new NotSupportedException();

    public ValueTask<string[]> GetTenantsAsync(string prefix, string? after, int count, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<ProbeScoreReply[]> GetProbeScoresAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<LevelReply> GetStatusAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
