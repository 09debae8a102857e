using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>What schedules do to the models of this process.</summary>
internal sealed class EmbeddedActions(Func<ModelId, CancellationToken, ValueTask<EmbeddedModel>> open, ITierStore store) : IScheduledActions
{
    private readonly string _process = Guid.NewGuid().ToString("n");

    /// <inheritdoc/>
    public async ValueTask<ConsolidationReport> ConsolidateAsync(ModelId model, LevelId? level, CancellationToken cancellationToken)
    {
        EmbeddedModel opened = await open(model, cancellationToken);
        List<LevelStatus> before = [];
        foreach (ConsolidatorHost host in opened.LevelsOf(level))
        {
            before.Add(await host.GetStatusAsync(cancellationToken));
        }

        int senders = 0;
        MemoryFailures failures = await opened.Memories.ForEachAsync(
            async (memory, stop) => Interlocked.Add(ref senders, await memory.SendUpAsync(level, stop) ? 1 : 0), cancellationToken);

        List<LevelProgress> levels = [];
        foreach (LevelStatus from in before)
        {
            LevelStatus to = await opened.Level(from.Level).FoldNowAsync(cancellationToken);
            levels.Add(new LevelProgress(from.Level, from.Version, to.Version, to.Events - from.Events));
        }

        failures.ThrowIfAny(); // What the others sent is folded all the same.
        return new ConsolidationReport(senders, levels);
    }

    /// <inheritdoc/>
    public async ValueTask<SnapshotReport> SnapshotAsync(ModelId model, ScheduleSpec keeper, CancellationToken cancellationToken)
    {
        List<KeptVersion> kept = [];
        foreach (ConsolidatorHost level in (await open(model, cancellationToken)).LevelsOf(keeper.Level))
        {
            LevelVersion version = await level.GetVersionAsync(cancellationToken);
            kept.Add(await new LevelSnapshots(store, model, level.Level).KeepAsync(version, keeper, cancellationToken));
        }

        return new SnapshotReport(kept);
    }

    /// <inheritdoc/>
    public async ValueTask<EvaluationReport> EvaluateAsync(ModelId model, CancellationToken cancellationToken)
    {
        EmbeddedModel opened = await open(model, cancellationToken);
        return new EvaluationReport(opened.Memories.Count, [LearningTally.Of(_process, opened.Learning.Read())])
        {
            Probes = opened.Levels is [.., { } slowest] ? await slowest.GetProbeScoresAsync(cancellationToken) : [],
        };
    }

    /// <inheritdoc/>
    public async ValueTask<ExpiryReport> ExpireAsync(ModelId model, TimeSpan idleFor, CancellationToken cancellationToken)
    {
        ResidentMemories memories = (await open(model, cancellationToken)).Memories;
        (int expired, MemoryFailures failures) = await memories.CloseIdleAsync(
            idleFor, async (memory, stop) => await memory.SendUpAsync(null, stop), cancellationToken);
        failures.ThrowIfAny();
        return new ExpiryReport(expired, memories.Count);
    }
}
