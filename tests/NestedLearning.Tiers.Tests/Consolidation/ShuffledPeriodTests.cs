using NestedLearning.Models;
using NestedLearning.Models.Tests.Evaluation;
using NestedLearning.Tensors;
using NestedLearning.Tiers.Tests.Memories;
using Xunit.Abstractions;

namespace NestedLearning.Tiers.Tests.Consolidation;

/// <summary>CLINC150 with a period in which every label is some other event's, and without, under the gate as it is by default.</summary>
public class ShuffledPeriodTests(ITestOutputHelper output)
{
    private static readonly RoundPolicy Gated = new() { Gate = new GatePolicy() };
    private static readonly ClassifierSpec Spec = new() { Features = 1024 };
    private static readonly Lazy<KeyedTaskStream> Data = new(() => SharedData.Clinc150With(Spec.Features));

    [DataTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fold_ShuffledPeriod_IsRejectedAndWhatFollowsIsNot(bool isOneSided)
    {
        KeyedExample[] train = InRandomOrder();
        KeyedExample[] test = [.. Data.Value.Tasks.SelectMany(task => task.Test)];
        WorkersRun run = new(Spec with { OneSidedTargets = isOneSided }, Gated);
        run.Fold(Labelled(train[..2000]));
        run.Fold(Labelled(train[2000..4000]));
        double good = run.Accuracy(test);

        LineageEntry shuffled = run.Fold(Shuffled(train[4000..6000]));
        double kept = run.Accuracy(test);
        LineageEntry next = run.Fold(Labelled(train[6000..8000]));

        output.WriteLine($"{shuffled.Gate}, then {next.Gate}; accuracy {good:f4}, {kept:f4}, {run.Accuracy(test):f4}");
        Assert.Equal((FoldOutcome.Rejected, 4000L, good), (shuffled.Outcome, shuffled.Events, kept));
        Assert.InRange(shuffled.Gate!.Agreement!.Value, 0, 0.05);
        Assert.Equal((FoldOutcome.Folded, 6000L, 0), (next.Outcome, next.Events, next.LeftOut.Count));
        Assert.InRange(run.Accuracy(test), good, 1);
    }

    /// <summary>Ten tasks of fifteen new classes each, three rounds to a task or one.</summary>
    [DataTheory]
    [InlineData(true, 500)]
    [InlineData(false, 1500)]
    public void Fold_NewClassesInEveryTask_PassAsIfThereWereNoGate(bool isOneSided, int eventsInARound)
    {
        ClassifierSpec spec = Spec with { OneSidedTargets = isOneSided };
        WorkersRun gated = new(spec, Gated);
        WorkersRun open = new(spec, new RoundPolicy());
        KeyedExample[] train = [.. Data.Value.Tasks.SelectMany(task => InRandomOrder(task.Train))];
        foreach (KeyedExample[] round in train.Chunk(eventsInARound))
        {
            LineageEntry entry = gated.Fold(Labelled(round));
            output.WriteLine($"{entry.Events}: {entry.Gate}");
            Assert.Equal((FoldOutcome.Folded, 0), (entry.Outcome, entry.LeftOut.Count));
            open.Fold(Labelled(round));
        }

        Assert.Equal(15_000, gated.Level.Published.Events);
        Assert.Equal(open.Weights, gated.Weights);
    }

    [DataFact]
    public void Rollback_AfterAShuffledPeriodWithoutAGate_RestoresAccuracy()
    {
        KeyedExample[] train = InRandomOrder();
        KeyedExample[] test = [.. Data.Value.Tasks.SelectMany(task => task.Test)];
        WorkersRun run = new(Spec, new RoundPolicy());
        run.Fold(Labelled(train[..4000]));
        double good = run.Accuracy(test);
        run.Fold(Shuffled(train[4000..6000]));
        double bad = run.Accuracy(test);

        run.Rollback(1);

        output.WriteLine($"accuracy {good:f4}, {bad:f4}, {run.Accuracy(test):f4}");
        Assert.InRange(bad, 0, good - 0.01);
        Assert.Equal(good, run.Accuracy(test), 0.0005);
    }

    private static KeyedExample[] InRandomOrder() => InRandomOrder(Data.Value.Tasks.SelectMany(task => task.Train));

    private static KeyedExample[] InRandomOrder(IEnumerable<KeyedExample> examples)
    {
        KeyedExample[] all = [.. examples];
        new Random(1).Shuffle(all);
        return all;
    }

    private static (SparseVector Key, string Label)[] Labelled(IEnumerable<KeyedExample> examples) => [.. examples.Select(example => (example.Key, $"{example.Label}"))];

    private static (SparseVector Key, string Label)[] Shuffled(KeyedExample[] examples)
    {
        string[] labels = [.. examples.Select(example => $"{example.Label}")];
        new Random(2).Shuffle(labels);
        return [.. examples.Zip(labels, (example, label) => (example.Key, label))];
    }
}
