using NestedLearning.Models;
using NestedLearning.Models.Tests.Evaluation;

namespace NestedLearning.Tiers.Tests.Memories;

/// <summary>Eight memories and their level learn CLINC150 in synchronous rounds, in random order.</summary>
internal sealed class GradientRun
{
    private const int Workers = 8;
    private const int EventsPerRound = 64;

    private static readonly SourceId Sender = new("s");

    private readonly RoundPolicy _policy;
    private readonly SoftmaxSpec _spec = new(SharedData.Clinc150.Features, SharedData.Clinc150.Classes.Count, EventsPerRound, Rate: 20);
    private readonly FastMemory[] _memories;
    private readonly Consolidator _level;

    private GradientRun(UpdateEncodings encodings)
    {
        _policy = new RoundPolicy { MinContributors = Workers, Synchronous = true, MaxWait = TimeSpan.FromDays(30), Updates = encodings };
        _level = new Consolidator(new ModelId("m"), _spec, SoftmaxSpec.Linear, _policy, FrameLimits.Default, 1);
        _memories = [.. Enumerable.Range(0, Workers).Select(i => new FastMemory(Address(i), _spec, _policy))];
    }

    /// <summary>The final accuracy and the bytes up for each event.</summary>
    public static (double Accuracy, double BytesUp) Measure(UpdateEncodings encodings, int passes)
    {
        GradientRun run = new(encodings);
        KeyedExample[] train = [.. SharedData.Clinc150.Tasks.SelectMany(task => task.Train)];
        Random random = new(1);
        for (int pass = 0; pass < passes; pass++)
        {
            random.Shuffle(train);
            run.Learn(train, pass * train.Length);
        }

        KeyedExample[] test = [.. SharedData.Clinc150.Tasks.SelectMany(task => task.Test)];
        double correct = test.Count(example => run._memories[0].Predict(new FeatureInput(example.Key)).Label == $"{example.Label}");
        return (correct / test.Length, (double)run._level.Traffic.BytesUp / run._level.Published.Events);
    }

    private static MemoryAddress Address(int i) => new(new ModelId("m"), new TenantId($"worker-{i}"));

    private void Learn(KeyedExample[] train, long first)
    {
        for (int start = 0; start < train.Length; start += Workers * EventsPerRound)
        {
            for (int i = 0; i < Workers; i++)
            {
                LearningEvent[] share = [.. Enumerable.Range(0, EventsPerRound).Select(j => start + i + (j * Workers)).Where(at => at < train.Length)
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
            memory.Accept(SoftmaxSpec.Linear, _level.Submit(update.Frame, DateTimeOffset.UnixEpoch));
        }
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
