using NestedLearning.Models;
using NestedLearning.Models.Tests.Evaluation;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests.Memories;

/// <summary>Eight memories and their level learn in synchronous rounds, in random order.</summary>
internal sealed class GradientRun
{
    private const int Workers = 8;

    private static readonly SourceId Sender = new("s");

    private readonly RoundPolicy _policy;
    private readonly SoftmaxSpec _spec;
    private readonly float _poison;
    private readonly FastMemory[] _memories;
    private readonly Consolidator _level;

    private GradientRun(SoftmaxSpec spec, UpdateEncodings encodings, float poison)
    {
        _policy = new RoundPolicy { MinContributors = Workers, Synchronous = true, MaxWait = TimeSpan.FromDays(30), Updates = encodings };
        _spec = spec;
        _poison = poison;
        _level = new Consolidator(new ModelId("m"), _spec, SoftmaxSpec.Linear, _policy, FrameLimits.Default, 1);
        _memories = [.. Enumerable.Range(0, Workers).Select(i => new FastMemory(Address(i), _spec, _policy))];
    }

    /// <summary>CLINC150's 150 classes.</summary>
    public static SoftmaxSpec Clinc150 => new(SharedData.Clinc150.Features, SharedData.Clinc150.Classes.Count, Period: 64, Rate: 20);

    /// <summary>The final accuracy on CLINC150, and the bytes up for each event.</summary>
    public static (double Accuracy, double BytesUp) Measure(UpdateEncodings encodings, int passes)
    {
        GradientRun run = new(Clinc150, encodings, poison: 1);
        double accuracy = run.Measure(Examples(task => task.Train), Examples(task => task.Test), passes);
        return (accuracy, (double)run._level.Traffic.BytesUp / run._level.Published.Events);
    }

    /// <summary>The final accuracy on CLINC150 after one pass where the first memory's updates are multiplied by a factor on their way.</summary>
    public static double Measure(AggregationSettings aggregation, float poison) =>
        Measure(Clinc150 with { Aggregation = aggregation }, Examples(task => task.Train), Examples(task => task.Test), poison);

    /// <summary>The same on other examples.</summary>
    public static double Measure(SoftmaxSpec spec, KeyedExample[] train, KeyedExample[] test, float poison) =>
        new GradientRun(spec, new UpdateEncodings(), poison).Measure(train, test, passes: 1);

    private static KeyedExample[] Examples(Func<KeyedTask, IEnumerable<KeyedExample>> part) => [.. SharedData.Clinc150.Tasks.SelectMany(part)];

    private static MemoryAddress Address(int i) => new(new ModelId("m"), new TenantId($"worker-{i}"));

    private double Measure(KeyedExample[] train, KeyedExample[] test, int passes)
    {
        Random random = new(1);
        for (int pass = 0; pass < passes; pass++)
        {
            random.Shuffle(train);
            Learn(train, pass * train.Length);
        }

        double correct = test.Count(example => _memories[0].Predict(new FeatureInput(example.Key)).Label == $"{example.Label}");
        return correct / test.Length;
    }

    private void Learn(KeyedExample[] train, long first)
    {
        int eventsPerRound = (int)_spec.Period;
        for (int start = 0; start < train.Length; start += Workers * eventsPerRound)
        {
            for (int i = 0; i < Workers; i++)
            {
                LearningEvent[] share = [.. Enumerable.Range(0, eventsPerRound).Select(j => start + i + (j * Workers)).Where(at => at < train.Length)
                    .Select(at => new LearningEvent(first + at + 1, new FeatureInput(train[at].Key), $"{train[at].Label}"))];
                _memories[i].Learn(Sender, share, 0);
                _memories[i].EndPeriods(null);
                _memories[i].ConfirmSaved(_memories[i].Save().Length);
                Submit(_memories[i]);
            }

            EndRound();
        }
    }

    private void Submit(FastMemory memory)
    {
        foreach (OutboxEntry update in memory.Sendable(SoftmaxSpec.Linear))
        {
            ReadOnlyMemory<byte> frame = memory == _memories[0] && _poison != 1 ? Poisoned(update.Frame) : update.Frame;
            memory.Accept(SoftmaxSpec.Linear, _level.Submit(frame, DateTimeOffset.UnixEpoch));
        }
    }

    private byte[] Poisoned(ReadOnlyMemory<byte> update)
    {
        Frame frame = FrameCodec.Decode(update, FrameLimits.Default);
        DenseTensor gradient = frame.Tensors.Get<DenseTensor>(SoftmaxSpec.Weights);
        float[] values = gradient.Values.ToArray();
        Vectors.Scale(_poison, values);
        return FrameCodec.Encode(frame with { Tensors = [gradient with { Values = values }] }, EncodingPolicy.Lossless);
    }

    private void EndRound()
    {
        _level.Fold(DateTimeOffset.UnixEpoch);
        _level.ConfirmSaved(_level.Save());
        for (int i = 0; i < Workers; i++)
        {
            _memories[i].Adopt(SoftmaxSpec.Linear, _level.Published, _level.ReceiptFor(Address(i).Source));
        }
    }
}
