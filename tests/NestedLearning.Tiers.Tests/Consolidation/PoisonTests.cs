using System.Runtime.InteropServices;
using NestedLearning.Models;
using NestedLearning.Models.Tests.Evaluation;
using NestedLearning.Tensors;
using NestedLearning.Tiers.Tests.Memories;

namespace NestedLearning.Tiers.Tests.Consolidation;

/// <summary>
/// One source of eight sends what it should not, in every round of CLINC150 but the first: a gate compares with what the level
/// knew before. The level has one.
/// </summary>
public class PoisonTests
{
    private const int Workers = 8;
    private const int EventsPerRound = 375;

    private static readonly ModelId Model = new("m");
    private static readonly LevelId Slow = ClassifierSpec.SlowLevel;
    private static readonly SourceId Sender = new("s");
    private static readonly ClassifierSpec Spec = new() { Features = 1024, OneSidedTargets = false };
    private static readonly Lazy<KeyedTaskStream> Data = new(() => SharedData.Clinc150With(Spec.Features));
    private static readonly Lazy<double> Clean = new(() => Measure((_, update) => [update]).Accuracy);

    private delegate IEnumerable<ReadOnlyMemory<byte>> Poison(int round, ReadOnlyMemory<byte> update);

    [DataTheory]
    [InlineData("not a number", 0.01)]
    [InlineData("huge", 0.01)]
    [InlineData("wrong labels", 0.01)]
    [InlineData("replayed", 0.01)]
    [InlineData("flipped", 0.03)] // each round within what the gate allows
    public void Fold_OneSourceOfEightIsPoisoned_CostsLittle(string kind, double most)
    {
        List<ReadOnlyMemory<byte>> sent = [];
        (double accuracy, int refused, long events) = Measure(kind switch
        {
            "not a number" => (_, update) => [WithNoNumbers(update)],
            "huge" => (_, update) => [With(update, key => key * 1e6f)],
            "flipped" => (_, update) => [With(update, key => -key)],
            "wrong labels" => (_, update) => [WithLabelsOfTheNext(update)],
            _ => (_, update) => Again(sent, update),
        });

        Assert.Equal(kind is "not a number" or "huge" ? 4 : 0, refused);
        Assert.InRange(events, kind is "replayed" ? 15_000 : 13_500, 15_000);
        Assert.InRange(accuracy, Clean.Value - most, 1);
    }

    /// <summary>Everything that was sent so far, twice.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Again(List<ReadOnlyMemory<byte>> sent, ReadOnlyMemory<byte> update)
    {
        sent.Add(update);
        return [.. sent, .. sent];
    }

    private static (double Accuracy, int Refused, long Events) Measure(Poison poison)
    {
        RoundPolicy policy = new() { MinContributors = Workers, Synchronous = true, Gate = new GatePolicy() };
        Consolidator level = new(Model, Spec, Slow, policy, FrameLimits.Default, 2);
        FastMemory[] memories = [.. Enumerable.Range(0, Workers).Select(i => new FastMemory(Address(i), Spec, policy))];
        KeyedExample[] train = [.. Data.Value.Tasks.SelectMany(task => task.Train)];
        new Random(1).Shuffle(train);
        int refused = 0;
        for (int round = 0; round < train.Length / (Workers * EventsPerRound); round++)
        {
            for (int i = 0; i < Workers; i++)
            {
                ReadOnlyMemory<byte> update = Learn(memories[i], train, (round * Workers) + i);
                foreach (ReadOnlyMemory<byte> frame in i == 0 && round > 0 ? poison(round, update) : [update])
                {
                    try
                    {
                        level.Submit(frame, DateTimeOffset.UnixEpoch);
                    }
                    catch (NestedLearningException error) when (error is FrameException or InvalidContributionException)
                    {
                        refused++;
                    }
                }
            }

            level.Fold(DateTimeOffset.UnixEpoch);
            level.ConfirmSaved(level.Save());
            for (int i = 0; i < Workers; i++)
            {
                memories[i].Adopt(Slow, level.Published, level.ReceiptFor(Address(i).Source));
            }
        }

        KeyedExample[] test = [.. Data.Value.Tasks.SelectMany(task => task.Test)];
        double right = test.Count(example => memories[1].Predict(new FeatureInput(example.Key)).Label == $"{example.Label}");
        return (right / test.Length, refused, level.Published.Events);
    }

    private static MemoryAddress Address(int i) => new(Model, new TenantId($"worker-{i}"));

    private static ReadOnlyMemory<byte> Learn(FastMemory memory, KeyedExample[] train, int share)
    {
        LearningEvent[] events = [.. train.Skip(share * EventsPerRound).Take(EventsPerRound)
            .Select((example, j) => new LearningEvent((share * EventsPerRound) + j + 1, new FeatureInput(example.Key), $"{example.Label}"))];
        memory.Learn(Sender, events, 0);
        memory.EndPeriods(null);
        memory.ConfirmSaved(memory.Save().Length);
        return memory.Sendable(Slow)[^1].Frame;
    }

    private static byte[] With(ReadOnlyMemory<byte> update, Func<float, float> change) => Rewrite(update, tensor => tensor is SparseTensor { Name: "keys" } keys
        ? keys with { Rows = new SparseRows(keys.Rows.Columns, keys.Rows.RowStarts, keys.Rows.Indices, Array.ConvertAll(keys.Rows.Values, value => change(value))) }
        : tensor);

    private static byte[] WithLabelsOfTheNext(ReadOnlyMemory<byte> update) => Rewrite(update, tensor => tensor is IntegerTensor { Name: "classes" } classes
        ? classes with { Values = classes.Values.ToArray().Append(classes.Values.Span[0]).Skip(1).ToArray() }
        : tensor);

    private static byte[] Rewrite(ReadOnlyMemory<byte> update, Func<NamedTensor, NamedTensor> change)
    {
        Frame frame = FrameCodec.Decode(update, FrameLimits.Default);
        TensorSet tensors = [];
        foreach (NamedTensor tensor in frame.Tensors)
        {
            tensors.Add(change(tensor));
        }

        return FrameCodec.Encode(new Frame(frame.Header, tensors), EncodingPolicy.Lossless);
    }

    /// <summary>Nobody writes a frame with what is no number, so the numbers of a good one are overwritten.</summary>
    private static byte[] WithNoNumbers(ReadOnlyMemory<byte> update)
    {
        byte[] bytes = With(update, _ => MathF.PI);
        foreach (ref float value in MemoryMarshal.Cast<byte, float>(bytes.AsSpan()[..(bytes.Length / sizeof(float) * sizeof(float))]))
        {
            value = value == MathF.PI ? float.NaN : value;
        }

        return FrameBytes.Forge(bytes);
    }
}
