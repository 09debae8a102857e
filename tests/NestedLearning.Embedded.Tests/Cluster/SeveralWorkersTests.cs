using NestedLearning.Contracts;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;
using Xunit.Abstractions;

namespace NestedLearning.Embedded.Tests.Cluster;

/// <summary>Several workers learn what one would: with plain targets the sums are the same, however a stream is cut.</summary>
public class SeveralWorkersTests(ITestOutputHelper output)
{
    private const int Classes = 20;

    private static readonly ModelId Model = new("m");
    private static readonly SourceId Source = new("stream");
    private static readonly ClassifierSpec Spec = new() { Features = 512, Period = 200, OneSidedTargets = false };
    private static readonly LearningEvent[] Stream = MakeStream();

    [Theory]
    [InlineData(StreamSplit.Shard)]
    [InlineData(StreamSplit.Class)]
    public async Task EightWorkers_PlainTargets_EqualOne(StreamSplit split)
    {
        (Dictionary<string, double[]> one, _) = await LearnAsync(1, split);
        (Dictionary<string, double[]> eight, LevelStatus level) = await LearnAsync(8, split);

        double difference = 0;
        double size = 0;
        foreach ((string label, double[] column) in one)
        {
            difference += column.Zip(eight[label]).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second));
            size += column.Sum(value => value * value);
        }

        double bytesPerEvent = (double)level.Traffic.BytesUp / level.Events;
        output.WriteLine($"{split}: relative difference {Math.Sqrt(difference / size):e2}, {bytesPerEvent:f0} bytes up an event");
        Assert.InRange(Math.Sqrt(difference / size), 0, 1e-4);
        Assert.InRange(bytesPerEvent, 1, 500);
    }

    private static async Task<(Dictionary<string, double[]> Weights, LevelStatus Level)> LearnAsync(int workers, StreamSplit split)
    {
        await using EmbeddedCluster cluster = new(new MemoryTierStore(), new EmbeddedOptions { Time = new ManualTime(), FoldThreads = 1 });
        await cluster.CreateModelAsync(Model, Spec, new RoundPolicy { MinContributors = workers, Synchronous = true }, default);
        TrainingPlan plan = new([.. Stream.Select(e => e.Label)], [Stream.Length], workers, split);
        LevelStatus level = (await cluster.GetLevelsAsync(Model, default))[0];
        for (long position = 0; plan.Next(position, level.Events, level.NextPeriod) is { } segment; position = segment.End)
        {
            await Task.WhenAll(Enumerable.Range(0, workers).Select(async worker =>
            {
                MemoryAddress memory = new(Model, new TenantId($"worker-{worker}"));
                LearningEvent[] share = [.. Stream[(int)segment.Start..(int)segment.End].Where(e => plan.WorkerOf(e.Sequence - 1) == worker)];
                await cluster.FeedAsync(memory, Source, share, default);
                await cluster.FlushAsync(memory, Source, default);
            }));
            level = (await cluster.GetLevelsAsync(Model, default))[0];
        }

        Assert.Equal(Stream.Length, level.Events);
        return (Columns((await cluster.GetVersionAsync(Model, ClassifierSpec.SlowLevel, default)).Tensors), level);
    }

    private static Dictionary<string, double[]> Columns(TensorSet version)
    {
        IReadOnlyList<string> labels = version.Get<TextTensor>("labels").Texts;
        ReadOnlyMemory<float> weights = version.Get<DenseTensor>("weights").Values;
        return labels.Select((label, c) => (label, c)).ToDictionary(
            pair => pair.label,
            pair => Enumerable.Range(0, Spec.Features).Select(i => (double)weights.Span[(i * labels.Count) + pair.c]).ToArray());
    }

    /// <summary>Texts of 12 words out of 400, half of them the class's own, in order of classes as they appear over time.</summary>
    private static LearningEvent[] MakeStream()
    {
        Random random = new(5);
        return [.. Enumerable.Range(1, 1600).Select(i =>
        {
            int y = Math.Min(random.Next(Classes), i / 40);
            IEnumerable<string> words = Enumerable.Range(0, 12)
                .Select(w => $"word{(random.Next(2) == 0 ? (y * 20) + random.Next(20) : random.Next(400))}");
            return new LearningEvent(i, new TextInput(string.Join(' ', words)), $"class-{y}");
        })];
    }
}
