using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>
/// The shared level as one silo knows it, as in the cluster: the newest version travels once, its memories share it, and
/// each asks only which of its own updates the version contains.
/// </summary>
internal sealed class LevelReplica(NodeLife life, ILevelService level) : ILevelLink
{
    private readonly LevelWatch _watch = new(life, level);
    private readonly SemaphoreSlim _refreshes = new(1, 1);
    private LevelVersion? _newest;

    public LevelId Level => World.LevelId;

    public long Version => _watch.Newest;

    public async ValueTask<Receipt> SubmitAsync(ReadOnlyMemory<byte> update, CancellationToken cancellationToken) =>
        await level.SubmitAsync(update);

    public async ValueTask<PulledVersion> PullAsync(SourceId source, LevelVersion? last, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Asked only now, the level cannot be behind what is known here, unless it went back.
            long before = Math.Max(_newest?.Number ?? -1, _watch.Newest);
            LevelMarks marks = await level.GetMarksAsync(source);
            if (marks.Version < before)
            {
                _newest = null;
                _watch.GoBackTo(marks.Version);
            }

            _watch.Learn(marks.Version);
            LevelVersion newest = await RefreshAsync(marks.Version);
            if (newest.Number == marks.Version)
            {
                return new PulledVersion(newest, marks.Marks);
            }
        }
    }

    public async ValueTask<LevelMarks> GetOwnedMarksAsync(SourceId source, CancellationToken cancellationToken) =>
        await level.GetOwnedMarksAsync(source);

    public ValueTask WaitForVersionAfterAsync(long version, CancellationToken cancellationToken) =>
        _watch.WaitPastAsync(version, cancellationToken);

    private async ValueTask<LevelVersion> RefreshAsync(long atLeast)
    {
        if (_newest is { } current && current.Number >= atLeast)
        {
            return current;
        }

        await _refreshes.WaitAsync(CancellationToken.None);
        try
        {
            if (_newest is not { } last || last.Number < atLeast)
            {
                LevelVersion? from = _newest;
                VersionReply reply = await level.PullFramesAsync(from?.Number ?? -1);
                _newest = reply.Frames.Aggregate(from, (version, frame) => LevelVersions.Follow(version, frame));
            }

            return _newest!;
        }
        finally
        {
            _refreshes.Release();
        }
    }
}
