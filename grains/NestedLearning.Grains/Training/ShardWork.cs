using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>
/// Learns one shard: reads the data, feeds the shard's memory, and, where rounds wait for all workers, ends the memory's
/// period where all of them do.
/// </summary>
internal sealed class ShardWork
{
    private const int EventsPerCall = 1024;

    private readonly ShardGrant _grant;
    private readonly RunExtent _extent;
    private readonly RunMeans _means;
    private readonly ShardChannel _channel;
    private readonly EventFeeder _feeder;
    private readonly RunPace _pace;
    private readonly TaskEnds _tasks;
    private readonly List<LearningEvent> _batch = [];
    private long _last;
    private long _version;
    private long _roundEnd;

    /// <param name="grant">What to learn.</param>
    /// <param name="extent">The data.</param>
    /// <param name="after">The last of the shard's events that the memory is known to have.</param>
    /// <param name="means">What it works with.</param>
    public ShardWork(ShardGrant grant, RunExtent extent, long after, RunMeans means)
    {
        _grant = grant;
        _extent = extent;
        _means = means;
        _channel = means.ChannelOf(grant);
        _feeder = new EventFeeder(_channel, ShardGrant.Source, new FeederLimits(EventsPerCall, int.MaxValue));
        _pace = new RunPace(extent.FoldedBefore);
        _tasks = new TaskEnds(extent, grant.Shard);
        _last = after;
    }

    /// <summary>Learns the shard to its end.</summary>
    /// <returns>How its memory stands then.</returns>
    /// <exception cref="EventsMissingException">The memory has less than was durable; the shard has to be begun there.</exception>
    /// <exception cref="LeaseLostException">Somebody else has the shard.</exception>
    public async Task<ShardReport> RunAsync(CancellationToken cancellationToken)
    {
        using RunData data = await _means.OpenDataAsync(_grant, _extent, () => _channel.Report, cancellationToken);
        RunShard shard = _grant.Shard;
        long after = _last;
        await FeedAsync(cancellationToken);
        bool isPast = await BeginRoundAsync(cancellationToken);
        if (_means.WaitsForRounds)
        {
            // The memory may have sent its part of the round before, for another lease, and not know yet what came of it.
            await _channel.AdoptAsync(_version, cancellationToken);
        }

        bool isFolded = isPast && _channel.Report.DurableThrough >= _last;
        await foreach (ShardEvent next in ShardReader.ReadAsync(data.Examples, _grant.Spec, shard, cancellationToken))
        {
            if (next.Event.Sequence <= after)
            {
                _tasks.Pass(next.Position);
                continue;
            }

            await PassEndsAsync(next.Position, cancellationToken);
            _batch.Add(next.Event);
            if (_batch.Count == EventsPerCall)
            {
                await FeedAsync(cancellationToken);
            }
        }

        await PassEndsAsync(shard.End - 1, cancellationToken);
        if (!isFolded)
        {
            await FlushAsync(cancellationToken);
        }

        while (_tasks.Next <= shard.End)
        {
            await MeasureAsync(cancellationToken);
        }

        return _channel.Report;
    }

    /// <summary>Ends the rounds and the tasks that end before the event at a position; first the round where both do.</summary>
    private async Task PassEndsAsync(long position, CancellationToken cancellationToken)
    {
        while (Math.Min(_roundEnd, _tasks.Next) <= position)
        {
            if (_roundEnd <= _tasks.Next)
            {
                await FlushAsync(cancellationToken);
                await BeginRoundAsync(cancellationToken);
            }
            else
            {
                await MeasureAsync(cancellationToken);
            }
        }
    }

    /// <summary>Finds the position at which the open round ends; the shard's end where rounds wait for nobody.</summary>
    /// <returns>
    /// Whether the last round of the shard is over. A worker that comes back only then has nobody to wait for.
    /// </returns>
    private async Task<bool> BeginRoundAsync(CancellationToken cancellationToken)
    {
        _roundEnd = _grant.Shard.End;
        if (!_means.WaitsForRounds)
        {
            return false;
        }

        LevelStatus level = await _means.GetLevelAsync(cancellationToken);
        _version = level.Version;
        _roundEnd = _pace.Next(level);
        return _pace.IsPast(_grant.Shard.End, level);
    }

    /// <summary>Asks the memory about the task that ended and those before; nothing newer is fed until the run has the answer.</summary>
    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        await FeedAsync(cancellationToken);
        using RunData data = await _means.OpenDataAsync(_grant, _extent, () => _channel.Report, cancellationToken);
        int[] correct = await _channel.CountCorrectAsync(data.Examples, [.. _extent.Tasks.Take(_tasks.Task + 1)], cancellationToken);
        await _means.Run.MeasureAsync(_grant.Lease, _tasks.Task, correct, cancellationToken);
        _tasks.MoveOn();
    }

    private async Task FeedAsync(CancellationToken cancellationToken)
    {
        long after = _last;
        _last = _batch.Count > 0 ? _batch[^1].Sequence : _last;
        await _feeder.FeedAsync(new EventBatch(ShardGrant.Source, [.. _batch]) { After = after }, cancellationToken);
        _batch.Clear();
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_batch.Count > 0)
        {
            await FeedAsync(cancellationToken);
        }

        await _feeder.FlushAsync(ShardGrant.TicketOf(_version, _last), cancellationToken);
    }
}
