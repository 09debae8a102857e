using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>The consolidator in the silo that it belongs to.</summary>
internal sealed class LevelService(World world, NodeLife life, ConsolidatorHost host) : ILevelService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private Task _news = Task.CompletedTask;
    private long _newsAfter;

    public ConsolidatorHost Host => host;

    public async Task<Receipt> SubmitAsync(ReadOnlyMemory<byte> update) => await host.SubmitAsync(update, CancellationToken.None);

    public async Task<LevelMarks> GetMarksAsync(SourceId source) => await host.GetMarksAsync(source, CancellationToken.None);

    public async Task<VersionReply> PullFramesAsync(long version) => await host.PullFramesAsync(default, version, CancellationToken.None);

    public async Task<LevelMarks> GetOwnedMarksAsync(SourceId source) => await host.GetOwnedMarksAsync(source, CancellationToken.None);

    public async Task<long> WaitPastAsync(long version)
    {
        Task news = NewsAfter(version);
        await Task.WhenAny(news, life.Delay(world.Chance.Between(Patience / 2, Patience)));
        if (news.IsFaulted)
        {
            await news;
        }

        return host.Version;
    }

    public async Task<IReadOnlyList<VersionRecord>> GetVersionsAsync(int count) =>
        await host.GetVersionsAsync(long.MaxValue, count, CancellationToken.None);

    public async Task<LineageEntry> RollbackAsync(long version, long from) => await host.RollbackAsync(version, from, CancellationToken.None);

    public async Task<LineageEntry> ReplayAsync(long version) => await host.ReplayAsync(version, CancellationToken.None);

    public async Task<ForgottenLevel> ForgetAsync(SourceId source) => await host.ForgetAsync(source, CancellationToken.None);

    /// <summary>All who wait for the same version share one wait.</summary>
    private Task NewsAfter(long version)
    {
        if (_news.IsCompleted || _newsAfter != version)
        {
            (_news, _newsAfter) = (host.WaitForVersionAfterAsync(version, CancellationToken.None).AsTask(), version);
        }

        return _news;
    }
}
