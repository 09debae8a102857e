using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests.Consolidation;

/// <summary>
/// A level of the classifier with a store of its own. What it learns is easy: the events of class c have feature c, and some that
/// are the same for all.
/// </summary>
internal sealed class TestLevel
{
    public const int Classes = 8;

    public static readonly ModelId Model = new("m");

    private static readonly LevelId Slow = ClassifierSpec.SlowLevel;
    private readonly ClassifierSpec _spec;
    private readonly WatchedSpec _watched;
    private readonly RoundPolicy _policy;
    private readonly Dictionary<string, long> _sequences = [];
    private ConsolidatorState? _state;
    private byte[]? _base;

    public TestLevel(RoundPolicy policy, long? halfLife = null)
    {
        _spec = new ClassifierSpec { Features = 32, OneSidedTargets = false, HalfLife = halfLife };
        _watched = new WatchedSpec(_spec);
        _policy = policy;
        Level = Create();
    }

    public Consolidator Level { get; private set; }

    public DateTimeOffset Now { get; private set; } = DateTimeOffset.UnixEpoch;

    /// <summary>What was attached to states that were saved.</summary>
    public Dictionary<AttachmentName, byte[]> Attachments { get; } = [];

    /// <summary>Everything that is stored of it.</summary>
    public IEnumerable<byte[]> Blobs => Attachments.Values.Append(_state!.State).Append(_base ?? []);

    /// <summary>How strong the feature is that tells the class.</summary>
    public float Strength { get; set; } = 0.8f;

    /// <summary>The sums that the level keeps, of which versions show no more than float32 has.</summary>
    public double[] Sums => [.. _watched.Level!.Save().OfType<DoubleTensor>().SelectMany(tensor => tensor.Values.ToArray())];

    public byte[] QuarantineOf(long version) => Attachments[Level.QuarantineOf(version)];

    public float[] Weights => Level.Published.Tensors.Get<DenseTensor>("weights").Values.ToArray();

    /// <summary>Folds a round of one update; wrong labels are those of the next class.</summary>
    public LineageEntry Fold(string source, int events = 40, bool isWrong = false) => Fold(source, events, label => Name(isWrong ? label + 1 : label));

    /// <summary>Folds a round of one update, whose events are named by their class; those without a name are left out.</summary>
    public LineageEntry Fold(string source, int events, Func<int, string?> name)
    {
        Submit(source, events, name);
        Level.Fold(Now);
        return Save();
    }

    /// <summary>The label of a class.</summary>
    public static string Name(int label) => $"class-{label % Classes}";

    /// <summary>Sends an update of a source.</summary>
    /// <returns>Its bytes.</returns>
    public byte[] Submit(string source, int events = 40) => Submit(source, events, Name);

    /// <summary>Sends an update of a source, whose events are named by their class; those without a name are left out.</summary>
    /// <returns>Its bytes.</returns>
    public byte[] Submit(string source, int events, Func<int, string?> name)
    {
        long sequence = _sequences[source] = _sequences.GetValueOrDefault(source) + 1;
        byte[] update = Encode(source, sequence, events, name);
        Level.Submit(update, Now);
        return update;
    }

    /// <summary>An update of a source.</summary>
    public byte[] Encode(string source, long sequence, int events, Func<int, string?> name)
    {
        INestedModel model = _spec.CreateModel(1);
        Random random = new((int)sequence + events);
        for (int i = 0; i < events; i++)
        {
            int label = i % Classes;
            ushort[] indices = [(ushort)label, (ushort)(Classes + random.Next(8)), (ushort)(20 + random.Next(8))];
            if (name(label) is { } given)
            {
                model.Step(new FeatureInput(new SparseVector(indices, new[] { Strength, 0.4f, 0.4f })), given);
            }
        }

        Contribution contribution = model.Drain(Slow, sequence);
        FrameHeader header = new(FrameKind.Update, Model)
        {
            Level = Slow,
            Source = new SourceId(source),
            Sequence = sequence,
            Events = contribution.Events,
            UpdateKind = UpdateKind.Statistics,
        };
        return FrameCodec.Encode(new Frame(header, contribution.Tensors), EncodingPolicy.Lossless);
    }

    /// <summary>Makes the last version durable.</summary>
    /// <returns>Where it came from; nothing where a level is saved before its first version.</returns>
    public LineageEntry Save()
    {
        ConsolidatorState state = Level.Save();
        foreach (StateAttachment attachment in state.Attachments)
        {
            Attachments[attachment.Name] = attachment.Bytes;
        }

        _base = state.NewBase ?? _base;
        _state = state;
        Level.ConfirmSaved(state);
        Now += TimeSpan.FromSeconds(1);
        return Level.Lineage.LastOrDefault()!;
    }

    /// <summary>Takes a source out; what is stored is changed by one step after another, and who stops in between has crashed.</summary>
    public IEnumerable<LineageEntry> Forget(string source)
    {
        List<SiftedAttachment> sifted = [];
        foreach (AttachmentName name in Level.StoredUpdates)
        {
            SiftedAttachment? found = Level.Sift(new SourceId(source), name, Attachments[name], out StateAttachment? rest);
            if (found is not null)
            {
                sifted.Add(found);
            }

            if (rest is not null)
            {
                Attachments[rest.Name] = rest.Bytes;
                yield return Level.Lineage[^1];
            }
        }

        Level.Forget(new SourceId(source), sifted, Now);
        if (Level.HasUnsavedFold)
        {
            yield return Save();
        }

        while (Level.IsErasing)
        {
            if (Level.CanErase)
            {
                foreach (AttachmentName name in Level.Discarded)
                {
                    Attachments.Remove(name);
                    yield return Level.Lineage[^1];
                }

                Level.ConfirmErased();
            }

            yield return Save();
        }
    }

    /// <summary>The level as it is after a crash.</summary>
    public void Restart()
    {
        Level = Create();
        if (_state is not null)
        {
            Level.Load(_state.State, _state.BaseNumber == 0 ? default : _base);
        }
    }

    /// <summary>The level as a shard of it knows it, which has nothing but its settings.</summary>
    public IReversibleLevel CreateShard() => (IReversibleLevel)_spec.CreateSharedLevel(Slow, 1);

    public Receipt ReceiptFor(string source) => Level.ReceiptFor(new SourceId(source));

    private Consolidator Create() => new(Model, _watched, Slow, _policy, FrameLimits.Default, 1);

    /// <summary>Knows the level that was created last.</summary>
    private sealed record WatchedSpec(ClassifierSpec Inner) : ModelSpec
    {
        public ISharedLevel? Level { get; private set; }

        public override IReadOnlyList<LevelSpec> Levels => Inner.Levels;

        public override void Validate() => Inner.Validate();

        public override INestedModel CreateModel(int contributors) => Inner.CreateModel(contributors);

        public override ISharedLevel CreateSharedLevel(LevelId level, int threads) => Level = Inner.CreateSharedLevel(level, threads);
    }
}
