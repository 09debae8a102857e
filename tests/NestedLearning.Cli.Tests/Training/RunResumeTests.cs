using NestedLearning.Cli.Rendering;
using NestedLearning.Cli.Training;
using NestedLearning.Embedded;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Tests.Training;

/// <summary>A run that is cut off after any of its writes, and started again, ends as if nothing had happened.</summary>
public class RunResumeTests
{
    private static readonly TimeSpan Hung = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(1, StreamSplit.Shard)]
    [InlineData(3, StreamSplit.Shard)]
    [InlineData(3, StreamSplit.Class)]
    [InlineData(1, StreamSplit.Task)]
    public async Task ExecuteAsync_CutOffAfterEachWrite_EndsAsUndisturbed(int workers, StreamSplit split)
    {
        Run run = new(workers, split);
        ITierStore whole = CutOffStore.NewDisk();
        Facts expected = (await run.ExecuteAsync(whole))!;
        Assert.Equal(run.Events, expected.Events);
        Assert.Contains(await ((ITierStoreListing)whole).ListAsync("", default).ToListAsync(), key => key.Value.Contains("-base-", StringComparison.Ordinal));

        int writes = 0;
        for (bool cutOff = true; cutOff; writes++)
        {
            ITierStore disk = CutOffStore.NewDisk();
            cutOff = await run.ExecuteAsync(new CutOffStore(disk, writes)) is null;
            Assert.Equal(expected, await run.ExecuteAsync(disk));
        }

        Assert.InRange(writes, 20, 1000);
    }

    [Theory]
    [InlineData(1, StreamSplit.Shard)]
    [InlineData(3, StreamSplit.Class)]
    [InlineData(1, StreamSplit.Task)]
    public async Task ExecuteAsync_CutOffAgainAndAgain_EndsAsUndisturbed(int workers, StreamSplit split)
    {
        Run run = new(workers, split);
        Facts? expected = await run.ExecuteAsync(CutOffStore.NewDisk());
        foreach (int seed in Enumerable.Range(1, 5))
        {
            Random random = new(seed);
            ITierStore disk = CutOffStore.NewDisk();
            Facts? facts = null;
            for (int attempt = 0; facts is null; attempt++)
            {
                Assert.InRange(attempt, 0, 1000);
                facts = await run.ExecuteAsync(new CutOffStore(disk, random.Next(12)));
            }

            Assert.Equal(expected, facts);
        }
    }

    /// <summary>A stream and its settings; each execution is a new process over a disk.</summary>
    private sealed class Run
    {
        private readonly ClassifierRunOptions _options;
        private readonly TaskStream _tasks = TaskStream.InOrderOfAppearance(SampleData.Examples(240));
        private readonly KeyedTaskStream _keys;

        public Run(int workers, StreamSplit split)
        {
            _options = new ClassifierRunOptions
            {
                Spec = new ClassifierSpec { Features = 64, Period = 25 },
                Workers = workers,
                Split = split,
            };
            _keys = KeyedTaskStream.Create(_tasks, new TextFeaturizer(_options.Spec.Features), default);
        }

        public long Events => new RunStream(_tasks, _options).Plan.Events;

        /// <summary>What came out; null where the disk went away.</summary>
        public async Task<Facts?> ExecuteAsync(ITierStore store)
        {
            EmbeddedCluster cluster = new(store, new EmbeddedOptions { FoldThreads = 1 });
            try
            {
                ClassifierRunResult result = await ClassifierRun
                    .ExecuteAsync(cluster, store, new RunStream(_tasks, _options), _keys, _options, new Silent(), default)
                    .WaitAsync(Hung);
                await cluster.DisposeAsync().AsTask().WaitAsync(Hung);
                return Facts.Of(result);
            }
            catch (StoreException) when (store is CutOffStore { IsCutOff: true })
            {
                return null;
            }
        }
    }

    private sealed record Facts(long Events, long Version, string Accuracy, double Prequential, double? BeforeLastFold)
    {
        public static Facts Of(ClassifierRunResult result) => new(
            result.Level.Events,
            result.Level.Version,
            string.Join('\n', result.Accuracy.ToRows().Select(row => string.Join(' ', row))),
            result.PrequentialAccuracy,
            result.Record.AccuracyBeforeLastFold);
    }

    private sealed class Silent : IProgressSink
    {
        public void Resume(long done)
        {
        }

        public void Report(long done, string? note = null, IReadOnlyList<ProgressPart>? parts = null)
        {
        }
    }
}
