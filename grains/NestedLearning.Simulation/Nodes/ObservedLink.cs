using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>Shows the invariants what a memory hears of its level.</summary>
internal sealed class ObservedLink(World world, NodeLife life, TenantId tenant, ILevelLink link) : ILevelLink
{
    public LevelId Level => link.Level;

    public long Version => link.Version;

    public async ValueTask<Receipt> SubmitAsync(ReadOnlyMemory<byte> update, CancellationToken cancellationToken)
    {
        world.Invariants.OnUpdateSent(update);
        Receipt receipt = await link.SubmitAsync(update, cancellationToken);
        world.Trace.Add(life.Name, $"{tenant} sent an update: applied {receipt.AppliedThrough}, durable {receipt.DurableThrough}");
        world.Invariants.OnLevelReceipt(tenant, receipt);
        return receipt;
    }

    public async ValueTask<PulledVersion> PullAsync(SourceId source, LevelVersion? last, CancellationToken cancellationToken)
    {
        PulledVersion pulled = await link.PullAsync(source, last, cancellationToken);
        world.Trace.Add(life.Name, $"{tenant} adopts version {pulled.Version.Number}: its updates up to {pulled.Marks.DurableThrough}");
        world.Invariants.OnVersionPulled(tenant, pulled);
        return pulled;
    }

    public ValueTask<LevelMarks> GetOwnedMarksAsync(SourceId source, CancellationToken cancellationToken)
    {
        world.Trace.Add(life.Name, $"{tenant} has heard more of the level than it says");
        return link.GetOwnedMarksAsync(source, cancellationToken);
    }

    public ValueTask WaitForVersionAfterAsync(long version, CancellationToken cancellationToken) =>
        link.WaitForVersionAfterAsync(version, cancellationToken);
}
