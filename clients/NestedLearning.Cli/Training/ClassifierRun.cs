using System.Diagnostics;
using NestedLearning.Cli.Rendering;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Training;

/// <summary>
/// Learns a stream of tasks in one pass and measures every task as it ends. It can be cut off anywhere and started again:
/// it goes on from the newest durable version, and what the memories already know is skipped.
/// </summary>
internal sealed class ClassifierRun
{
    private static readonly SourceId Source = new("stream");

    private readonly ILearningCluster _cluster;
    private readonly ModelId _model;
    private readonly RunRecordFile _file;
    private readonly RunStream _stream;
    private readonly RunEvaluation _evaluation;
    private readonly IProgressSink _progress;
    private readonly Stopwatch _learning = new();
    private readonly RunRecord _atStart;
    private RunRecord _record;

    private ClassifierRun(
        ILearningCluster cluster, ModelId model, RunRecordFile file, RunStream stream, RunEvaluation evaluation, RunRecord record, IProgressSink progress)
    {
        _cluster = cluster;
        _model = model;
        _file = file;
        _stream = stream;
        _evaluation = evaluation;
        _record = record;
        _atStart = record;
        _progress = progress;
    }

    /// <summary>Runs to the end of the stream; the cluster's model is made on the first run.</summary>
    /// <exception cref="RunConflictException">The store holds another run.</exception>
    /// <exception cref="ModelInUseException">A server's model has learned something else before.</exception>
    public static async Task<ClassifierRunResult> ExecuteAsync(
        ILearningCluster cluster, ITierStore store, RunStream stream, KeyedTaskStream keys, ClassifierRunOptions options, IProgressSink progress, CancellationToken cancellationToken)
    {
        RunRecordFile file = new(store, options.Model);
        RunRecord? saved = await file.LoadAsync(stream.Fingerprint, cancellationToken);
        RunRecord record = saved ?? new RunRecord(stream.Fingerprint);
        await cluster.CreateModelAsync(options.Model, options.Spec, stream.Policy, cancellationToken);
        RunEvaluation evaluation = new(cluster, options.Model, stream, keys);
        if (options.Server is not null && saved is null && (await cluster.GetLevelsAsync(options.Model, cancellationToken))[0].Events > 0)
        {
            throw new ModelInUseException(options.Model);
        }

        ClassifierRun run = new(cluster, options.Model, file, stream, evaluation, record, progress);
        await run.CheckStatesAsync(isNew: saved is null, cancellationToken);
        await file.SaveAsync(record, cancellationToken);
        return await run.ExecuteAsync(cancellationToken);
    }

    /// <summary>
    /// Makes sure that no state is missing: folded events &lt;= learned events &lt;= folded events + the open round.
    /// </summary>
    /// <exception cref="StoreException">It does not hold.</exception>
    private async Task CheckStatesAsync(bool isNew, CancellationToken cancellationToken)
    {
        LevelStatus level = await LevelAsync(cancellationToken);
        long learned = (await MemoriesAsync(cancellationToken)).Sum(memory => memory.Learned);
        if (learned < level.Events || learned > level.Events + level.NextPeriod || (isNew && learned > 0))
        {
            throw new StoreException(
                StoreProblem.Damaged, _model.Value, "states of its run are missing or of different times; restore all of them from one backup");
        }
    }

    private async Task<ClassifierRunResult> ExecuteAsync(CancellationToken cancellationToken)
    {
        LevelStatus level = await LevelAsync(cancellationToken);
        long position = level.Events;
        if (position > 0)
        {
            _progress.Resume(position);
        }

        await FinishTasksAsync(position, cancellationToken);
        while (_stream.Plan.Next(position, level.Events, level.NextPeriod) is { } segment)
        {
            await LearnAsync(segment, cancellationToken);
            if (segment.End == _stream.Plan.Events && _record.AccuracyBeforeLastFold is null)
            {
                double accuracy = await _evaluation.FinalAccuracyAsync(_record, cancellationToken);
                await SaveAsync(_record with { AccuracyBeforeLastFold = accuracy }, cancellationToken);
            }

            level = segment.EndsRound ? await EndRoundAsync(segment, cancellationToken) : level;
            position = segment.End;
            await FinishTasksAsync(position, cancellationToken);
        }

        return await ResultAsync(level, cancellationToken);
    }

    private async Task LearnAsync(RunSegment segment, CancellationToken cancellationToken)
    {
        _learning.Start();
        FeedReceipt[] receipts = await ForEachMemoryAsync(
            (address, i, stop) => _cluster.FeedAsync(address, Source, _stream.Share(segment, i), stop), cancellationToken);
        _learning.Stop();
        int learned = receipts.Sum(receipt => receipt.Learned);
        _progress.Report(
            segment.End,
            learned == 0 ? null : $"{Figures.Percent((double)receipts.Sum(receipt => receipt.Correct) / learned)} % predicted correctly");
    }

    /// <summary>
    /// Lets every memory contribute to the round. After a crash the round may be closed already, by what the memories had
    /// in their outboxes; then there is nothing to contribute.
    /// </summary>
    private async Task<LevelStatus> EndRoundAsync(RunSegment segment, CancellationToken cancellationToken)
    {
        LevelStatus level = await LevelAsync(cancellationToken);
        if (level.Events >= segment.End)
        {
            return level;
        }

        await FlushAsync(cancellationToken);
        return await LevelAsync(cancellationToken);
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        _learning.Start();
        await ForEachMemoryAsync((address, _, stop) => _cluster.FlushAsync(address, Source, stop), cancellationToken);
        _learning.Stop();
    }

    /// <summary>Measures tasks that ended at a position and are not in the record yet; one at most, but after a crash.</summary>
    private async Task FinishTasksAsync(long position, CancellationToken cancellationToken)
    {
        int ended = _stream.Plan.TasksEndedAt(position);
        while (_record.Columns.Count < ended)
        {
            IReadOnlyList<int> column = await _evaluation.ColumnAsync(_record.Columns.Count, cancellationToken);
            await SaveAsync(_record with { Columns = [.. _record.Columns, column] }, cancellationToken);
        }
    }

    private async Task SaveAsync(RunRecord record, CancellationToken cancellationToken)
    {
        LevelStatus level = await LevelAsync(cancellationToken);
        MemoryStatus[] memories = await MemoriesAsync(cancellationToken);
        _record = record with
        {
            LearningSeconds = _atStart.LearningSeconds + _learning.Elapsed.TotalSeconds,
            StepSeconds = _atStart.StepSeconds + memories.Sum(memory => memory.LearnTime.TotalSeconds),
            FoldSeconds = _atStart.FoldSeconds + level.FoldTime.TotalSeconds,
            BytesUp = level.Traffic.BytesUp,
            BytesDown = level.Traffic.BytesDown,
        };
        await _file.SaveAsync(_record, cancellationToken);
    }

    private async Task<ClassifierRunResult> ResultAsync(LevelStatus level, CancellationToken cancellationToken)
    {
        MemoryStatus[] memories = await MemoriesAsync(cancellationToken);
        return new ClassifierRunResult(
            level,
            _evaluation.Matrix(_record),
            (double)memories.Sum(memory => memory.Correct) / Math.Max(1, memories.Sum(memory => memory.Learned)),
            _record);
    }

    private async Task<MemoryStatus[]> MemoriesAsync(CancellationToken cancellationToken) =>
        await ForEachMemoryAsync((address, _, stop) => _cluster.GetMemoryAsync(address, stop), cancellationToken);

    private async ValueTask<LevelStatus> LevelAsync(CancellationToken cancellationToken) =>
        (await _cluster.GetLevelsAsync(_model, cancellationToken))[0];

    private Task<T[]> ForEachMemoryAsync<T>(
        Func<MemoryAddress, int, CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken) =>
        SideBySide.RunAsync(_stream.Memories, (tenant, i, stop) => call(new MemoryAddress(_model, tenant), i, stop), cancellationToken);
}
