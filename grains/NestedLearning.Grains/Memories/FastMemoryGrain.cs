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
    private SiloModel? _model;

    public ValueTask<FeedReply> FeedAsync(FeedRequest request, CancellationToken cancellationToken) =>
        UseAsync(async host =>
        {
            Tiers.Compute.Admit();
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
        UseAsync(async host =>
        {
            using CancellationTokenSource patience = Tiers.StartPatience(CancellationToken.None);
            FlushProgress progress =
                await host.FlushAsync(new SourceId(source), new FlushTicket(ticket) { After = after }, patience.Token, cancellationToken);
            return new FlushReply(ReceiptReply.From(progress.Marks), progress.IsSettled, [.. host.Versions]);
        });

    public ValueTask<ReceiptReply> SaveAsync(string source, CancellationToken cancellationToken) =>
        UseAsync(async host => ReceiptReply.From(await host.SaveAsync(new SourceId(source), cancellationToken)));

    public ValueTask<PredictReply> PredictAsync(ModelInput[] inputs, long[] seen, CancellationToken cancellationToken) =>
        UseAsync(async host =>
        {
            Tiers.Compute.Admit();
            _model!.Expect(seen);
            return PredictReply.From(await host.PredictAsync(inputs, cancellationToken));
        });

    public ValueTask<MemoryReply> GetStatusAsync(CancellationToken cancellationToken) =>
        UseAsync(async host => MemoryReply.From(await host.GetStatusAsync(cancellationToken)));

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
        return await MemoryHost.OpenAsync(address, _model.Settings, _model.Links, _model.Hosting, CancellationToken.None);
    }
}
