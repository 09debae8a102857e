using NestedLearning.Hosting;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>The way of one source's events to its memory: a call for a few events at a time, made again as long as it takes.</summary>
internal sealed class MemoryChannel(World world, NodeLife life, SourcePlan plan) : IEventChannel
{
    private const int EventsPerCall = 6;
    private const int MaxRepeats = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly KnownPlacement _placement = new(world.Placement);

    public async ValueTask SendAsync(EventBatch batch, Action<FeedReceipt> accept, CancellationToken cancellationToken)
    {
        EventBatch rest = batch;
        do
        {
            EventBatch part = rest with { Events = [.. rest.Events.Take(EventsPerCall)] };
            FeedProgress progress = await CallAsync("feed", (silo, host) => FeedAsync(silo, host, part));
            accept(progress.Receipt);
            rest = rest with
            {
                Events = [.. rest.Events.Skip(progress.Consumed)],
                After = progress.Receipt.Marks.AppliedThrough,
            };
        }
        while (rest.Events.Count > 0);
    }

    public async ValueTask<Receipt> FlushAsync(FlushTicket ticket, CancellationToken cancellationToken)
    {
        FlushProgress progress;
        do
        {
            progress = await CallAsync("flush", (silo, host) => FlushAsync(silo, host, ticket));
        }
        while (!progress.IsSettled);

        return progress.Marks;
    }

    public async ValueTask RetryAsync(Func<CancellationToken, ValueTask> attempt, CancellationToken cancellationToken) =>
        await Calls.RepeatAsync(
            life,
            world,
            MaxRepeats,
            async () =>
            {
                await attempt(cancellationToken);
                return true;
            });

    private Task<T> CallAsync<T>(string what, Func<SiloLife, MemoryHost, Task<T>> call) => _placement.CallAsync(
        plan.Tenant.Value,
        node => world.Calls.AskAsync(
            life, node, $"{what} {plan}", silo => silo.UseMemoryAsync(plan.Tenant, host => call(silo, host))));

    private static async Task<FeedProgress> FeedAsync(SiloLife silo, MemoryHost host, EventBatch part)
    {
        using CancellationTokenSource patience = new(Patience, silo.Life.Clock);
        return await host.FeedAsync(part, patience.Token, CancellationToken.None);
    }

    private async Task<FlushProgress> FlushAsync(SiloLife silo, MemoryHost host, FlushTicket ticket)
    {
        using CancellationTokenSource patience = new(Patience, silo.Life.Clock);
        return await host.FlushAsync(plan.Source, ticket, patience.Token, CancellationToken.None);
    }
}
