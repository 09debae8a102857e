using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>What schedules do to the models of a cluster, on all of its silos.</summary>
internal sealed class ClusterActions(IGrainFactory grains, TierCalls calls, SiloTiers tiers, SiloSweep silos) : IScheduledActions
{
    /// <inheritdoc/>
    public async ValueTask<ConsolidationReport> ConsolidateAsync(ModelId model, LevelId? level, CancellationToken cancellationToken)
    {
        SiloModel known = await tiers.ModelAsync(model);
        List<LevelStatus> before = [];
        foreach (LevelId each in LevelsOf(known, level))
        {
            before.Add((await calls.AskAsync(Consolidator(model, known, each).GetStatusAsync, cancellationToken)).ToStatus());
        }

        (int senders, _, MemoryFailures failures) = await silos.DoAsync(
            (memories, after) => memories.SendUpAsync(model.Value, level?.Value, after), cancellationToken);
        List<LevelProgress> levels = [];
        foreach (LevelStatus from in before)
        {
            LevelStatus to = await FoldAsync(Consolidator(model, known, from.Level), cancellationToken);
            levels.Add(new LevelProgress(from.Level, from.Version, to.Version, to.Events - from.Events));
        }

        failures.ThrowIfAny(); // What the others sent is folded all the same.
        return new ConsolidationReport(senders, levels);
    }

    /// <inheritdoc/>
    public async ValueTask<SnapshotReport> SnapshotAsync(ModelId model, ScheduleSpec keeper, CancellationToken cancellationToken)
    {
        SiloModel known = await tiers.ModelAsync(model);
        List<KeptVersion> kept = [];
        foreach (LevelId level in LevelsOf(known, keeper.Level))
        {
            LevelReply status = await calls.AskAsync(Consolidator(model, known, level).GetStatusAsync, cancellationToken);
            LevelVersion version = await known.Link(level).RefreshAsync(status.Version, cancellationToken);
            kept.Add(await new LevelSnapshots(tiers.Hosting.Store, model, level).KeepAsync(version, keeper, cancellationToken));
        }

        return new SnapshotReport(kept);
    }

    /// <inheritdoc/>
    public async ValueTask<EvaluationReport> EvaluateAsync(ModelId model, CancellationToken cancellationToken)
    {
        IReadOnlyList<(SiloAddress Silo, LearnedReply Answer)> answers = await silos.AskAsync(
            (memories, stop) => calls.AskOnceMoreAsync(_ => memories.GetLearnedAsync(model.Value), stop), cancellationToken);
        SiloModel known = await tiers.ModelAsync(model);
        ProbeScoreReply[] probes = known.Links.Count == 0
            ? []
            : await calls.AskAsync(Consolidator(model, known, known.Links[^1].Level).GetProbeScoresAsync, cancellationToken);
        return new EvaluationReport(
            answers.Sum(each => each.Answer.Memories),
            [.. answers.Select(each => LearningTally.Of(each.Silo.ToParsableString(), each.Answer.ToTotals()))])
        {
            Probes = [.. probes.Select(probe => probe.ToScore())],
        };
    }

    /// <inheritdoc/>
    public async ValueTask<ExpiryReport> ExpireAsync(ModelId model, TimeSpan idleFor, CancellationToken cancellationToken)
    {
        (int expired, int stayed, MemoryFailures failures) = await silos.DoAsync(
            (memories, after) => memories.ExpireAsync(model.Value, idleFor, after), cancellationToken);
        failures.ThrowIfAny();
        return new ExpiryReport(expired, stayed);
    }

    private static IReadOnlyList<LevelId> LevelsOf(SiloModel known, LevelId? level) =>
        level is { } one ? [known.Link(one).Level] : [.. known.Links.Select(link => link.Level)];

    private IConsolidatorGrain Consolidator(ModelId model, SiloModel known, LevelId level) =>
        grains.GetGrain<IConsolidatorGrain>(new ConsolidatorKey(model, known.Incarnation, level, 0).ToString());

    private async ValueTask<LevelStatus> FoldAsync(IConsolidatorGrain level, CancellationToken cancellationToken)
    {
        LevelReply? reply;
        do
        {
            reply = await calls.AskAsync(level.FoldNowAsync, cancellationToken);
        }
        while (reply is null);

        return reply.ToStatus();
    }
}
