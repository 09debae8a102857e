using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Contracts;

/// <summary>What every engine promises of a sequence model whose levels are shared by workers.</summary>
public abstract class SequenceTrainingTests
{
    private const int Workers = 4;

    private static readonly ModelId Model = new("hope");
    private static readonly SourceId Source = new("stream");
    private static readonly int[] Text = Rule(500);

    /// <summary>Periods that are cut off by the end, and a step that is none of any but the fastest.</summary>
    private static readonly SequenceSpec Exact = new(new SequenceSettings(7) { Width = 8, Blocks = 1, Heads = 2, ChunkLength = 3, Hidden = 6, Periods = [1, 2, 4, 8] })
    {
        Training = new SequenceTrainingSettings { Steps = 21, Batch = 8, Length = 7, LearningRate = 1e-2 },
    };

    private static readonly SequenceSpec Local = Exact with { LocalSteps = 3, Model = Exact.Model with { Periods = [1, 2] } };

    /// <summary>A store with nothing in it; the subclass cleans it up.</summary>
    protected abstract ITierStore CreateStore();

    /// <summary>Opens the engine on a store, which may hold what another one left.</summary>
    protected abstract ValueTask<ILearningCluster> OpenAsync(ITierStore store);

    [Theory]
    [InlineData(ContinuumKind.Sequential)]
    [InlineData(ContinuumKind.Nested)]
    [InlineData(ContinuumKind.Independent)]
    public async Task FeedAsync_FourWorkersWithShares_LearnWhatOneDoesWithTheUnion(ContinuumKind kind)
    {
        SequenceSpec spec = Exact with { Model = Exact.Model with { Continuum = kind } };
        TensorSet one = await TrainAsync(spec, 1, new UpdateEncodings());
        TensorSet four = await TrainAsync(spec, Workers, new UpdateEncodings());

        using SequenceModel model = new(new ManagedBackend(), spec.Model, spec.Training.Seed);
        using SequenceTrainer alone = new(model, spec.Training, Text);
        while (alone.Steps < spec.Training.Steps)
        {
            alone.Step();
        }

        AssertClose(model.Parameters.Save(), one, 1e-4);
        AssertClose(one, four, 1e-4);
    }

    [Fact]
    public async Task FeedAsync_FourWorkers_SumTheLossOfOne()
    {
        await using ILearningCluster cluster = await OpenAsync(CreateStore());
        await cluster.CreateModelAsync(Model, Exact, Together(Workers, new UpdateEncodings()), default);
        await LearnAsync(cluster, Exact, Workers, 1, 2);
        using SequenceModel model = new(new ManagedBackend(), Exact.Model, Exact.Training.Seed);
        using SequenceTrainer alone = new(model, Exact.Training, Text);
        double expected = alone.Step() + alone.Step();

        double loss = 0;
        for (int i = 0; i < Workers; i++)
        {
            loss += (await cluster.GetMemoryAsync(Worker(i), default)).Loss / Workers;
        }

        Assert.Equal(expected, loss, 1e-5);
    }

    public static TheoryData<bool, TensorEncoding, ContinuumKind> Settings => new()
    {
        { false, TensorEncoding.Float32, ContinuumKind.Sequential },
        { false, TensorEncoding.Float32, ContinuumKind.Nested },
        { false, TensorEncoding.Int4, ContinuumKind.Sequential },
        { true, TensorEncoding.Int8, ContinuumKind.Sequential },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task OpenAsync_AfterEveryFewSteps_EndsLikeAnUndisturbedRun(bool isLocal, TensorEncoding encoding, ContinuumKind kind)
    {
        SequenceSpec spec = isLocal ? Local : Exact with { Model = Exact.Model with { Continuum = kind } };
        UpdateEncodings updates = new(Dense: encoding, ExactBelow: 16);
        TensorSet undisturbed = await TrainAsync(spec, Workers, updates);
        ITierStore store = CreateStore();
        for (int first = 1; first <= spec.Training.Steps; first += 5)
        {
            await using ILearningCluster cluster = await OpenAsync(store);
            await cluster.CreateModelAsync(Model, spec, Together(Workers, updates), default);
            await LearnAsync(cluster, spec, Workers, Math.Max(1, first - 2), Math.Min(first + 4, spec.Training.Steps));
        }

        await using ILearningCluster again = await OpenAsync(store);
        await FlushAsync(again, Workers);
        await FlushAsync(again, Workers);

        AssertClose(undisturbed, await ParametersAsync(again, spec), 0);
        Assert.All(await again.GetLevelsAsync(Model, default), level => Assert.Equal(Workers * spec.Training.Steps, level.Events));
    }

    [Fact]
    public async Task FeedAsync_LocalSteps_LearnsTheRuleWithAFractionOfTheBytes()
    {
        (double Loss, long Bytes) exact = await MeasureAsync(Exact with { Model = Local.Model });
        (double Loss, long Bytes) local = await MeasureAsync(Local);

        Assert.InRange(exact.Loss, 0, Math.Log(7) - 0.05);
        Assert.InRange(local.Loss, 0, Math.Log(7) - 0.05);
        Assert.InRange(local.Bytes, 1, exact.Bytes / 2);
    }

    private async Task<(double Loss, long Bytes)> MeasureAsync(SequenceSpec spec)
    {
        spec = spec with { Training = spec.Training with { Steps = 60 } };
        await using ILearningCluster cluster = await OpenAsync(CreateStore());
        TensorSet parameters = await TrainAsync(cluster, spec, Workers, new UpdateEncodings());
        using SequenceModel model = new(new ManagedBackend(), spec.Model);
        model.Parameters.Load(parameters);
        double loss = TextEvaluation.InWindows(model, new ByteTokenizer(), Text.AsMemory(0, 200), spec.Training.Length).Loss;
        return (loss, (await cluster.GetLevelsAsync(Model, default)).Sum(level => level.Traffic.BytesUp));
    }

    private async Task<TensorSet> TrainAsync(SequenceSpec spec, int workers, UpdateEncodings updates)
    {
        await using ILearningCluster cluster = await OpenAsync(CreateStore());
        return await TrainAsync(cluster, spec, workers, updates);
    }

    private static async Task<TensorSet> TrainAsync(ILearningCluster cluster, SequenceSpec spec, int workers, UpdateEncodings updates)
    {
        await cluster.CreateModelAsync(Model, spec, Together(workers, updates), default);
        await LearnAsync(cluster, spec, workers, 1, spec.Training.Steps);
        await FlushAsync(cluster, workers);
        return await ParametersAsync(cluster, spec);
    }

    private static async Task LearnAsync(ILearningCluster cluster, SequenceSpec spec, int workers, long first, long last)
    {
        SequenceTrainingSettings training = spec.Training;
        int share = training.Batch / workers;
        for (long step = first; step <= last; step++)
        {
            TokenWindows windows = TokenWindows.Draw(Text, training.Batch, training.Length, training.Seed, step - 1);
            await Task.WhenAll(Enumerable.Range(0, workers).Select(i => Task.Run(async () =>
                await cluster.FeedAsync(Worker(i), Source, [new LearningEvent(step, windows.Input(i * share, share), "")], default))));
        }
    }

    private static Task FlushAsync(ILearningCluster cluster, int workers) => Task.WhenAll(Enumerable.Range(0, workers).Select(i =>
        Task.Run(async () => await cluster.FlushAsync(Worker(i), Source, new FlushTicket(1), default))));

    private static async Task<TensorSet> ParametersAsync(ILearningCluster cluster, SequenceSpec spec)
    {
        TensorSet parameters = [];
        foreach (LevelSpec level in spec.Levels)
        {
            foreach (NamedTensor tensor in (await cluster.GetVersionAsync(Model, level.Id, default)).Tensors)
            {
                parameters.Add(tensor);
            }
        }

        return parameters;
    }

    private static RoundPolicy Together(int workers, UpdateEncodings updates) =>
        new() { MinContributors = workers, Synchronous = true, MaxWait = TimeSpan.FromDays(30), Updates = updates };

    private static MemoryAddress Worker(int i) => new(Model, new TenantId($"worker-{i + 1}"));

    /// <summary>A text that can be learned: every token follows from the two before it.</summary>
    private static int[] Rule(int count)
    {
        int[] text = [1, 2, .. new int[count - 2]];
        for (int i = 2; i < count; i++)
        {
            text[i] = ((2 * text[i - 1]) + text[i - 2] + 1) % 7;
        }

        return text;
    }

    private static void AssertClose(TensorSet expected, TensorSet actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach (DenseTensor tensor in expected.Cast<DenseTensor>())
        {
            float[] values = actual.Get<DenseTensor>(tensor.Name).Values.ToArray();
            Assert.All(tensor.Values.ToArray().Zip(values), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, tolerance));
        }
    }
}
