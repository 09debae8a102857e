using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>
/// A shared level as one silo knows it. The newest version travels once to each silo, whichever of its memories asks, and
/// the memories share it; each then asks only which of its own updates the version contains.
/// </summary>
internal sealed class LevelReplica : ILevelLink
{
    private readonly IConsolidatorGrain _level;
    private readonly SiloTiers _tiers;
    private readonly TierCalls _calls;
    private readonly UpdateUpload _upload;
    private readonly VersionDownload _download;
    private readonly VersionWatch _watch;
    private readonly SemaphoreSlim _refreshes = new(1, 1);
    private LevelVersion? _newest;

    public LevelReplica(IConsolidatorGrain level, LevelId id, SiloTiers tiers, TierCalls calls)
    {
        _level = level;
        _tiers = tiers;
        _calls = calls;
        _upload = new UpdateUpload(level, tiers.Options, calls);
        _download = new VersionDownload(level, tiers.Options, calls);
        _watch = new VersionWatch(level, tiers);
        Level = id;
    }

    public LevelId Level { get; }

    public long Version => _watch.Newest;

    /// <summary>Somebody has seen this version, so it is there.</summary>
    public void Expect(long version) => _watch.Learn(version);

    public async ValueTask<Receipt> SubmitAsync(ReadOnlyMemory<byte> update, CancellationToken cancellationToken)
    {
        SubmitReply reply = await _upload.SendAsync(update, cancellationToken);
        _watch.Learn(reply.Version);
        return reply.Marks!.Value.ToReceipt();
    }

    public async ValueTask<PulledVersion> PullAsync(SourceId source, LevelVersion? last, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Asked only now, the level cannot be behind what is known here, unless it went back.
            long before = Math.Max(_newest?.Number ?? -1, _watch.Newest);
            MarksReply marks = await _calls.AskOnceMoreAsync(stop => _level.GetMarksAsync(source.Value, stop), cancellationToken);
            if (marks.Version < before)
            {
                Forget(marks.Version);
            }

            _watch.Learn(marks.Version);
            LevelVersion newest = await RefreshAsync(marks.Version, cancellationToken);
            if (newest.Number == marks.Version)
            {
                return new PulledVersion(newest, marks.Marks.ToReceipt());
            }
        }
    }

    public async ValueTask<LevelMarks> GetOwnedMarksAsync(SourceId source, CancellationToken cancellationToken)
    {
        MarksReply marks = await _calls.AskOnceMoreAsync(stop => _level.GetOwnedMarksAsync(source.Value, stop), cancellationToken);
        return new LevelMarks(marks.Version, marks.Marks.ToReceipt());
    }

    public ValueTask WaitForVersionAfterAsync(long version, CancellationToken cancellationToken) =>
        _watch.WaitPastAsync(version, cancellationToken);

    /// <summary>The newest version, at least the given one.</summary>
    public async ValueTask<LevelVersion> RefreshAsync(long atLeast, CancellationToken cancellationToken)
    {
        if (_newest is { } current && current.Number >= atLeast)
        {
            return current;
        }

        await _refreshes.WaitAsync(cancellationToken);
        try
        {
            LevelVersion? last = _newest;
            if (last is null || last.Number < atLeast)
            {
                IReadOnlyList<ReadOnlyMemory<byte>> frames = await _download.FetchAsync(last?.Number ?? -1, cancellationToken);
                _newest = await _tiers.Compute.RunAsync(() => Follow(last, frames), cancellationToken);
            }

            return _newest!;
        }
        finally
        {
            _refreshes.Release();
        }
    }

    private static LevelVersion? Follow(LevelVersion? version, IReadOnlyList<ReadOnlyMemory<byte>> frames)
    {
        foreach (ReadOnlyMemory<byte> frame in frames)
        {
            version = LevelVersions.Follow(version, frame);
        }

        return version;
    }

    /// <summary>The level went back: its storage is another one, or was restored.</summary>
    private void Forget(long version)
    {
        _newest = null;
        _watch.GoBackTo(version);
    }
}
