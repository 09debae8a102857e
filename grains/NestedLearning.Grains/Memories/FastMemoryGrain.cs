using Microsoft.Extensions.Logging;
using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Orleans.Concurrency;
using Orleans.Placement;

namespace NestedLearning.Grains;

/// <summary>A fast memory as a grain: <see cref="MemoryHost"/> does the work, in turns of its own.</summary>
[Reentrant]
[ComputePlacementFilter]
[ActivationCountBasedPlacement]
internal sealed class FastMemoryGrain(SiloTiers tiers, ILogger<FastMemoryGrain> logger)
    : HostedGrain<MemoryHost>(tiers, logger), IFastMemoryGrain
{
    private readonly PagedExports _exports = new();
    private SiloModel? _model;

    public ValueTask<FeedReply> FeedAsync(FeedRequest request, CancellationToken cancellationToken) =>
        UseOwnAsync(async host =>
        {
            Tiers.Compute.Admit();
            if (request.Seen is { } seen && seen.Incarnation == _model!.Incarnation)
            {
                _model.Expect(seen.Versions);
            }

            using CancellationTokenSource patience = Tiers.StartPatience(CancellationToken.None);
            try
            {
                return FeedReply.From(await host.FeedAsync(request.ToBatch(), patience.Token, cancellationToken));
            }
            catch (EventRefusedException refused)
            {
                return FeedReply.From(refused);
            }
        });

    public ValueTask<FlushReply> FlushAsync(string source, long ticket, long after, CancellationToken cancellationToken) =>
        UseOwnAsync(async host =>
        {
            using CancellationTokenSource patience = Tiers.StartPatience(CancellationToken.None);
            FlushProgress progress =
                await host.FlushAsync(new SourceId(source), new FlushTicket(ticket) { After = after }, patience.Token, cancellationToken);
            return new FlushReply(ReceiptReply.From(progress.Marks), progress.IsSettled, [.. host.Versions]);
        });

    public ValueTask<ReceiptReply> SaveAsync(string source, CancellationToken cancellationToken) =>
        UseOwnAsync(async host => ReceiptReply.From(await host.SaveAsync(new SourceId(source), cancellationToken)));

    public ValueTask<PredictReply> PredictAsync(ModelInput[] inputs, long[] seen, CancellationToken cancellationToken) =>
        UseOwnAsync(async host =>
        {
            Tiers.Compute.Admit();
            _model!.Expect(seen);
            return PredictReply.From(await host.PredictAsync(inputs, cancellationToken));
        });

    public ValueTask<MemoryReply> GetStatusAsync(CancellationToken cancellationToken) =>
        UseOwnAsync(async host => MemoryReply.From(await host.GetStatusAsync(cancellationToken)));

    public ValueTask<ExportPage> ExportAsync(Guid export, int page, CancellationToken cancellationToken) =>
        UseOwnAsync(host => _exports.ReadAsync(export, page, () => PartsAsync(host), _model!.Links[0].Level, Tiers.Options.MessageBytes));

    public ValueTask<bool> ForgetAsync(CancellationToken cancellationToken) =>
        TakeAwayAsync(async host =>
        {
            MemoryAddress address = MemoryKey.Parse(this.GetPrimaryKeyString());
            SiloModel model = await Tiers.ModelAsync(address.Model);
            return await MemoryErasure.EraseAsync(address, model.Settings, model.Links, host, Tiers.Hosting.Store, cancellationToken);
        });

    protected override async ValueTask ClosingAsync(Resident<MemoryHost> resident)
    {
        if (resident.IsExpired && !resident.Host.IsStopped)
        {
            await resident.Host.SendUpAsync(null, CancellationToken.None);
        }
    }

    protected override async Task<MemoryHost> OpenAsync()
    {
        MemoryAddress address = MemoryKey.Parse(this.GetPrimaryKeyString());
        await Tiers.Residents.MakeRoomForMemoryAsync();
        _model = await Tiers.ModelAsync(address.Model);
        try
        {
            return await OpenAsync(address, _model);
        }
        catch (UnknownModelException) when (Tiers.Forget(address.Model, _model))
        {
            // What was known here is a model that was deleted; there may be another one of its name.
            _model = await Tiers.ModelAsync(address.Model);
            return await OpenAsync(address, _model);
        }
    }

    private async Task<MemoryHost> OpenAsync(MemoryAddress address, SiloModel model)
    {
        await Tiers.AdmitAsync(address, model);
        return await MemoryHost.OpenAsync(address, model.Settings, model.Links, model.Hosting, CancellationToken.None);
    }

    private static async IAsyncEnumerable<ExportedFile> PartsAsync(MemoryHost host)
    {
        HeldMemory held = await host.HoldAsync(CancellationToken.None);
        yield return ExportJson.File(GrainHoldings.Document, held.Document, ExportJson.Default.HeldMemoryDocument);
        yield return new ExportedFile(GrainHoldings.State, held.State);
    }

    /// <summary>Uses the memory, unless its model was deleted: then the next call finds whether there is another one of that name.</summary>
    /// <exception cref="UnknownModelException">It was.</exception>
    private async ValueTask<T> UseOwnAsync<T>(Func<MemoryHost, ValueTask<T>> call)
    {
        try
        {
            return _model is { IsDeleted: true } ? throw Gone() : await UseAsync(call);
        }
        catch (Exception error) when (_model is { IsDeleted: true } && error is MailboxClosedException or StoppingException)
        {
            throw Gone();
        }
    }

    private UnknownModelException Gone()
    {
        DeactivateOnIdle();
        return new UnknownModelException(MemoryKey.Parse(this.GetPrimaryKeyString()).Model);
    }
}
