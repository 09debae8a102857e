using NestedLearning.Embedded;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Grains.Tests.Training;

/// <summary>What comes of a stream that a client cuts for the memories of one process.</summary>
/// <param name="Version">The level's version at the end.</param>
/// <param name="Correct">How many events were predicted correctly before they were learned.</param>
/// <param name="Columns">The correct answers on each task up to one that ended, for each of them.</param>
internal sealed record ClientStream(LevelVersion Version, long Correct, int[][] Columns)
{
    /// <summary>The weights of a version, for comparison to the last bit.</summary>
    public static float[] WeightsOf(LevelVersion version) => version.Tensors.Get<DenseTensor>("weights").Values.ToArray();

    public static async Task<ClientStream> LearnAsync(
        IReadOnlyList<LearningEvent> events, IReadOnlyList<long> taskEnds, IReadOnlyList<LearningEvent[]> tests, RunSpec spec, RoundPolicy policy)
    {
        TrainingPlan plan = new([.. events.Select(next => next.Label)], taskEnds, spec.Workers, spec.Split);
        await using EmbeddedCluster cluster = new(new MemoryTierStore(), new EmbeddedOptions { FoldThreads = 1 });
        await cluster.CreateModelAsync(RunCluster.Model, RunCluster.Spec, policy, default);
        MemoryAddress[] memories = [.. Enumerable.Range(1, spec.Workers).Select(i => new MemoryAddress(RunCluster.Model, new TenantId($"worker-{i}")))];
        SourceId source = new("stream");
        List<int[]> columns = [];
        LevelStatus level = (await cluster.GetLevelsAsync(RunCluster.Model, default))[0];
        for (long position = 0; plan.Next(position, level.Events, level.NextPeriod) is { } segment; position = segment.End)
        {
            await Task.WhenAll(memories.Select(async (memory, worker) =>
            {
                LearningEvent[] share = [.. events.Take((int)segment.Start..(int)segment.End).Where(next => plan.WorkerOf(next.Sequence - 1) == worker)];
                await cluster.FeedAsync(memory, source, share, default);
                if (segment.EndsRound)
                {
                    await cluster.FlushAsync(memory, source, default);
                }
            }));
            level = (await cluster.GetLevelsAsync(RunCluster.Model, default))[0];
            if (segment.EndedTask is { } ended)
            {
                columns.Add(await Task.WhenAll(tests.Take(ended + 1).Select(task => CountAsync(cluster, memories, task))));
            }
        }

        MemoryStatus[] statuses = await Task.WhenAll(memories.Select(memory => cluster.GetMemoryAsync(memory, default).AsTask()));
        LevelVersion version = await cluster.GetVersionAsync(RunCluster.Model, ClassifierSpec.SlowLevel, default);
        return new ClientStream(version, statuses.Sum(status => status.Correct), [.. columns]);
    }

    private static async Task<int> CountAsync(ILearningCluster cluster, MemoryAddress[] memories, LearningEvent[] tests)
    {
        int correct = 0;
        foreach (MemoryAddress memory in memories)
        {
            IReadOnlyList<Prediction> answers = await cluster.PredictAsync(memory, [.. tests.Select(test => test.Input)], default);
            correct += answers.Zip(tests).Count(pair => pair.First.Label == pair.Second.Label);
        }

        return correct;
    }
}
