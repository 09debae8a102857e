using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests.Consolidation;

/// <summary>Eight memories and their level of the classifier, in synchronous rounds.</summary>
internal sealed class WorkersRun
{
    public const int Workers = 8;

    private static readonly ModelId Model = new("m");
    private static readonly LevelId Slow = ClassifierSpec.SlowLevel;
    private static readonly SourceId Sender = new("s");

    private readonly FastMemory[] _memories;
    private long _learned;

    public WorkersRun(ClassifierSpec spec, RoundPolicy policy)
    {
        RoundPolicy together = policy with { MinContributors = Workers, Synchronous = true };
        Level = new Consolidator(Model, spec, Slow, together, FrameLimits.Default, 2);
        _memories = [.. Enumerable.Range(0, Workers).Select(i => new FastMemory(Address(i), spec, together))];
    }

    public Consolidator Level { get; }

    /// <summary>The updates that the level refused.</summary>
    public int Refused { get; private set; }

    public float[] Weights => Level.Published.Tensors.Get<DenseTensor>("weights").Values.ToArray();

    /// <summary>Each memory learns its share of the events, and what they send is folded.</summary>
    /// <param name="events">The events, the first share first.</param>
    /// <param name="onTheWay">What becomes of a memory's update before the level gets it.</param>
    public LineageEntry Fold(
        IReadOnlyList<(SparseVector Key, string Label)> events, Func<int, ReadOnlyMemory<byte>, IEnumerable<ReadOnlyMemory<byte>>>? onTheWay = null)
    {
        int share = (events.Count + Workers - 1) / Workers;
        for (int i = 0; i < Workers; i++)
        {
            ReadOnlyMemory<byte> update = Learn(_memories[i], [.. events.Skip(i * share).Take(share)]);
            foreach (ReadOnlyMemory<byte> frame in onTheWay?.Invoke(i, update) ?? [update])
            {
                Submit(frame);
            }
        }

        Level.Fold(DateTimeOffset.UnixEpoch);
        return Publish();
    }

    /// <summary>Goes back to a version by hand.</summary>
    public LineageEntry Rollback(long version)
    {
        Level.Rollback(version, Level.Published.Number, DateTimeOffset.UnixEpoch);
        return Publish();
    }

    /// <summary>The fraction of examples that a memory answers right.</summary>
    public double Accuracy(IReadOnlyCollection<KeyedExample> test) =>
        (double)test.Count(example => _memories[1].Predict(new FeatureInput(example.Key)).Label == $"{example.Label}") / test.Count;

    private static MemoryAddress Address(int i) => new(Model, new TenantId($"worker-{i}"));

    private ReadOnlyMemory<byte> Learn(FastMemory memory, (SparseVector Key, string Label)[] share)
    {
        LearningEvent[] events = Array.ConvertAll(share, one => new LearningEvent(++_learned, new FeatureInput(one.Key), one.Label));
        memory.Learn(Sender, events, 0);
        memory.EndPeriods(null);
        memory.ConfirmSaved(memory.Save().Length);
        return memory.Sendable(Slow)[^1].Frame;
    }

    private void Submit(ReadOnlyMemory<byte> frame)
    {
        try
        {
            Level.Submit(frame, DateTimeOffset.UnixEpoch);
        }
        catch (NestedLearningException error) when (error is FrameException or InvalidContributionException)
        {
            Refused++;
        }
    }

    private LineageEntry Publish()
    {
        Level.ConfirmSaved(Level.Save());
        for (int i = 0; i < Workers; i++)
        {
            _memories[i].Adopt(Slow, Level.Published, Level.ReceiptFor(Address(i).Source));
        }

        return Level.Lineage[^1];
    }
}
