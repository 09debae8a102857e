using Microsoft.Extensions.Logging;
using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Orleans.Concurrency;

namespace NestedLearning.Grains;

/// <summary>A consolidator as a grain: <see cref="ConsolidatorHost"/> does the work, in turns of its own.</summary>
[Reentrant]
[StoragePlacementFilter]
[ShardPlacement]
internal sealed class ConsolidatorGrain(SiloTiers tiers, ILogger<ConsolidatorGrain> logger)
    : HostedGrain<ConsolidatorHost>(tiers, logger), IConsolidatorGrain
{
    private const int MaxUploads = 64;

    /// <summary>How long a checkpoint is kept for whoever reads it, after the last part that was read.</summary>
    private static readonly TimeSpan CheckpointKept = TimeSpan.FromMinutes(1);

    private readonly PartedUpdates _uploads = new(MaxUploads, (int)Math.Min(tiers.Hosting.Limits.MaxFrameBytes, int.MaxValue));
    private readonly ForgetRequests<ForgottenLevel> _forgetting = new(level => level.Version is null);
    private readonly PagedExports _exports = new();
    private VersionReply? _offered;
    private long _offeredFrom;
    private CheckpointReply? _checkpoint;
    private IGrainTimer? _checkpointEnd;

    public ValueTask<SubmitReply> SubmitAsync(UpdatePart part, CancellationToken cancellationToken) =>
        UseAsync(async host =>
        {
            if (_uploads.Take(part) is not { } update)
            {
                return new SubmitReply(null, host.Version);
            }

            Receipt marks = await host.SubmitAsync(update, cancellationToken);
            DelayDeactivation(Tiers.Options.RoundResidence);
            return new SubmitReply(ReceiptReply.From(marks), host.Version);
        });

    public ValueTask<MarksReply> GetMarksAsync(string source, CancellationToken cancellationToken) =>
        UseAsync(async host =>
        {
            LevelMarks marks = await host.GetMarksAsync(new SourceId(source), cancellationToken);
            return new MarksReply(marks.Version, ReceiptReply.From(marks.Marks));
        });

    public ValueTask<MarksReply> GetOwnedMarksAsync(string source, CancellationToken cancellationToken) =>
        UseAsync(async host =>
        {
            LevelMarks marks = await host.GetOwnedMarksAsync(new SourceId(source), cancellationToken);
            return new MarksReply(marks.Version, ReceiptReply.From(marks.Marks));
        });

    public ValueTask<string[]> GetTenantsAsync(string prefix, string? after, int count, CancellationToken cancellationToken) =>
        UseAsync(async host =>
        {
            TenantQuery query = new() { Prefix = prefix, After = after is null ? null : new TenantId(after), Count = count };
            IReadOnlyList<TenantId> tenants = await host.GetTenantsAsync(query, cancellationToken);
            return tenants.Select(tenant => tenant.Value).ToArray();
        });

    public ValueTask<VersionOffer> OfferAsync(long from, CancellationToken cancellationToken) =>
        UseAsync(async host =>
        {
            VersionReply reply = await host.PullFramesAsync(default, from, cancellationToken);
            (_offered, _offeredFrom) = (reply, from);
            Payload[] frames = reply.SizeBytes <= Tiers.Options.MessageBytes ? [.. reply.Frames.Select(frame => new Payload(frame))] : [];
            return new VersionOffer(reply.Version, [.. reply.Frames.Select(frame => frame.Length)], frames);
        });

    public ValueTask<Payload> ReadAsync(long from, long version, int frame, int offset, CancellationToken cancellationToken) =>
        UseAsync(_ =>
        {
            if (_offered?.Version != version || _offeredFrom != from)
            {
                return ValueTask.FromResult(default(Payload));
            }

            ReadOnlyMemory<byte> bytes = _offered.Frames[frame];
            return ValueTask.FromResult(new Payload(bytes.Slice(offset, Math.Min(Tiers.Options.MessageBytes, bytes.Length - offset))));
        });

    public ValueTask<VersionOffer> OfferCheckpointAsync(CancellationToken cancellationToken) =>
        UseAsync(async host =>
        {
            CheckpointReply reply = await host.GetCheckpointAsync(cancellationToken);
            _checkpoint = reply;
            KeepCheckpoint();
            return new VersionOffer(reply.Version, [.. reply.Frames.Select(frame => frame.Length)], []);
        });

    public ValueTask<Payload> ReadCheckpointAsync(long version, int frame, int offset, CancellationToken cancellationToken) =>
        UseAsync(_ =>
        {
            if (_checkpoint?.Version != version)
            {
                return ValueTask.FromResult(default(Payload));
            }

            KeepCheckpoint();
            ReadOnlyMemory<byte> bytes = _checkpoint.Frames[frame];
            return ValueTask.FromResult(new Payload(bytes.Slice(offset, Math.Min(Tiers.Options.MessageBytes, bytes.Length - offset))));
        });

    public ValueTask<long> WaitPastAsync(long version, CancellationToken cancellationToken) =>
        UseAsync(async host =>
        {
            using CancellationTokenSource patience = Tiers.StartPatience(cancellationToken);
            try
            {
                await host.WaitForVersionAfterAsync(version, patience.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Whoever waits asks again: it may have to send what another activation lost.
            }

            return host.Version;
        });

    public ValueTask<LevelReply?> FoldNowAsync(CancellationToken cancellationToken) =>
        UseAsync<LevelReply?>(async host =>
        {
            using CancellationTokenSource patience = Tiers.StartPatience(cancellationToken);
            try
            {
                return LevelReply.From(await host.FoldNowAsync(CancellationToken.None).AsTask().WaitAsync(patience.Token));
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return null; // The fold goes on, and whoever asked asks again.
            }
        });

    public ValueTask<Payload> GetVersionsAsync(long before, int count, CancellationToken cancellationToken) =>
        UseAsync(async host => Payload.FromJson(
            await host.GetVersionsAsync(before, count, cancellationToken), ApiJson.Default.IReadOnlyListVersionRecord));

    public ValueTask<Payload> RollbackAsync(long version, long from, CancellationToken cancellationToken) =>
        UseAsync(async host => Payload.FromJson(
            await host.RollbackAsync(version, from, CancellationToken.None).AsTask().WaitAsync(cancellationToken), ApiJson.Default.LineageEntry));

    public ValueTask<Payload> ReplayAsync(long version, CancellationToken cancellationToken) =>
        UseAsync(async host => Payload.FromJson(
            await host.ReplayAsync(version, CancellationToken.None).AsTask().WaitAsync(cancellationToken), ApiJson.Default.LineageEntry));

    public ValueTask<Payload?> ForgetAsync(string source, CancellationToken cancellationToken) =>
        UseAsync<Payload?>(async host =>
        {
            SourceId tenant = new(source);
            using CancellationTokenSource patience = Tiers.StartPatience(cancellationToken);
            ForgottenLevel? forgotten = await _forgetting.AskAsync(
                tenant, () => host.ForgetAsync(tenant, CancellationToken.None).AsTask(), patience.Token);
            return forgotten is null ? null : Payload.FromJson(ForgottenLevelDocument.From(forgotten), ApiJson.Default.ForgottenLevelDocument);
        });

    public ValueTask<ExportPage> ExportAsync(string source, long through, Guid export, int page, CancellationToken cancellationToken) =>
        UseAsync(host => _exports.ReadAsync(
            export, page, () => host.ExportAsync(new SourceId(source), through, CancellationToken.None), host.Level, Tiers.Options.MessageBytes));

    public async ValueTask LeaveAsync() => await TakeAwayAsync(async host =>
    {
        await (host?.DisposeAsync() ?? ValueTask.CompletedTask);
        return true;
    });

    public ValueTask<ProbeScoreReply[]> GetProbeScoresAsync(CancellationToken cancellationToken) =>
        UseAsync(async host => (await host.GetProbeScoresAsync(cancellationToken)).Select(ProbeScoreReply.From).ToArray());

    public ValueTask<LevelReply> GetStatusAsync(CancellationToken cancellationToken) =>
        UseAsync(async host => LevelReply.From(await host.GetStatusAsync(cancellationToken)));

    protected override async Task<ConsolidatorHost> OpenAsync()
    {
        ConsolidatorKey key = ConsolidatorKey.Parse(this.GetPrimaryKeyString());
        SiloModel model = await Tiers.ModelAsync(key.Model, key.Incarnation);
        _ = model.Link(key.Level);
        return await ConsolidatorHost.OpenAsync(key.Model, model.Settings, key.Level, model.Hosting, CancellationToken.None);
    }

    private void KeepCheckpoint()
    {
        _checkpointEnd ??= this.RegisterGrainTimer(
            _ =>
            {
                _checkpoint = null;
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions(CheckpointKept, Timeout.InfiniteTimeSpan));
        _checkpointEnd.Change(CheckpointKept, Timeout.InfiniteTimeSpan);
    }
}
