using System.Runtime.InteropServices;
using NestedLearning.Models;
using NestedLearning.Models.Tests.Evaluation;
using NestedLearning.Tensors;
using NestedLearning.Tiers.Tests.Memories;
using Xunit.Abstractions;

namespace NestedLearning.Tiers.Tests.Consolidation;

/// <summary>
/// One source of eight sends what it should not, in every round of CLINC150 but the first: a gate compares with what the level
/// knew before. The level has one.
/// </summary>
public class PoisonTests(ITestOutputHelper output)
{
    private const int EventsPerRound = 3000;

    private static readonly ClassifierSpec Spec = new() { Features = 1024, OneSidedTargets = false };
    private static readonly Lazy<KeyedTaskStream> Data = new(() => SharedData.Clinc150With(Spec.Features));
    private static readonly Lazy<double> Clean = new(() => Measure(update => [update]).Accuracy);

    private delegate IEnumerable<ReadOnlyMemory<byte>> Poison(ReadOnlyMemory<byte> update);

    [DataTheory]
    [InlineData("not a number", 0.01)]
    [InlineData("huge", 0.01)]
    [InlineData("wrong labels", 0.01)]
    [InlineData("replayed", 0.01)]
    [InlineData("flipped", 0.01)]
    public void Fold_OneSourceOfEightIsPoisoned_CostsLittle(string kind, double most)
    {
        List<ReadOnlyMemory<byte>> sent = [];
        (double accuracy, int refused, long events) = Measure(kind switch
        {
            "not a number" => update => [WithNoNumbers(update)],
            "huge" => update => [With(update, key => key * 1e6f)],
            "flipped" => update => [With(update, key => -key)],
            "wrong labels" => update => [WithLabelsOfTheNext(update)],
            _ => update => Again(sent, update),
        });

        output.WriteLine($"{kind}: {accuracy:f4}, clean {Clean.Value:f4}");
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
        WorkersRun run = new(Spec, new RoundPolicy { Gate = new GatePolicy() });
        KeyedExample[] train = [.. Data.Value.Tasks.SelectMany(task => task.Train)];
        new Random(1).Shuffle(train);
        foreach ((int round, KeyedExample[] events) in train.Chunk(EventsPerRound).Index())
        {
            run.Fold([.. events.Select(example => (example.Key, $"{example.Label}"))], (i, update) => i == 0 && round > 0 ? poison(update) : [update]);
        }

        return (run.Accuracy([.. Data.Value.Tasks.SelectMany(task => task.Test)]), run.Refused, run.Level.Published.Events);
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
