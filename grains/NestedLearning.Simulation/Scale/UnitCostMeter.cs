using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>Measures unit costs with the classifier's own code and a store, by the given clock.</summary>
public sealed class UnitCostMeter(TimeProvider time, ITierStore store)
{
    private const int Events = 500;
    private const int Repeats = 5;
    private const int Saves = 5;
    private const int LargeSave = 16 << 20;
    private const int Marks = 1000;

    private static readonly ModelId Model = new("scale");
    private static readonly SourceId Source = new("client");

    /// <summary>Learns, sends, folds and saves some hundred synthetic events, several times of this many classes.</summary>
    public async Task<UnitCosts> MeasureAsync(ClassifierSpec spec, int classes, CancellationToken cancellationToken)
    {
        ClassifierSpec measured = spec with { Period = long.MaxValue, PeriodGrowth = 0 };
        LearningEvent[] events = ScaleEvents.Make(Events, classes);
        FastMemory memory = CreateMemory(measured);
        double learn = BestTime(() => memory = CreateMemory(measured), () => memory.Learn(Source, events, 0));
        ReadOnlyMemory<byte> update = UpdateOf(memory);
        Frame frame = FrameCodec.Decode(update, FrameLimits.Default);
        double decode = BestTime(() => { }, () => FrameCodec.Decode(update, FrameLimits.Default));
        double encode = BestTime(() => { }, () => FrameCodec.Encode(frame, new EncodingPolicy { Sparse = FloatEncoding.Int8 }));
        IReversibleLevel level = (IReversibleLevel)measured.CreateSharedLevel(ClassifierSpec.SlowLevel, threads: 1);
        Contribution contribution = new(Events, frame.Tensors);
        double absorb = BestTime(() => { }, () => level.Absorb([contribution]));
        PartCosts parts = MeasureParts(level, contribution, update);
        cancellationToken.ThrowIfCancellationRequested();
        TensorSet weights = level.Solve();
        double solve = Time(() => weights = level.Solve());
        (double latency, double rate) = await MeasureStoreAsync(cancellationToken);
        long overhead = FrameCodec.Encode(new Frame(frame.Header, []), EncodingPolicy.Lossless).Length;
        return new UnitCosts
        {
            LearnSecondsPerEvent = learn / Events,
            EncodeSecondsPerEvent = encode / Events,
            DecodeSecondsPerEvent = decode / Events,
            AbsorbSecondsPerEvent = absorb / Events,
            PackSecondsPerEvent = parts.PackSeconds / Events,
            AddPartSeconds = parts.AddSeconds,
            LeastPart = level.LeastPart,
            PartBytes = parts.Bytes,
            SolveSeconds = solve,
            UpdateBytesPerEvent = (double)(update.Length - overhead) / Events,
            UpdateOverheadBytes = overhead,
            VersionBytes = LevelVersions.Encode(Model, ClassifierSpec.SlowLevel, new LevelVersion(1, Events, weights)).Length,
            LevelBytes = level.StateBytes,
            MarkBytes = MeasureMark(),
            SaveSeconds = latency,
            SaveBytesPerSecond = rate,
        };
    }

    private static FastMemory CreateMemory(ModelSpec spec) => new(new MemoryAddress(Model, new TenantId("worker")), spec, new RoundPolicy());

    private static ReadOnlyMemory<byte> UpdateOf(FastMemory memory)
    {
        memory.EndPeriods(null);
        memory.Save();
        memory.ConfirmSaved(0);
        return memory.Sendable(ClassifierSpec.SlowLevel)[0].Frame;
    }

    /// <summary>What it takes to hand an update to a shard as a part of its own, and to take in what it comes to.</summary>
    private PartCosts MeasureParts(IReversibleLevel level, Contribution part, ReadOnlyMemory<byte> update)
    {
        FrameHeader header = new(FrameKind.Snapshot, Model) { Level = ClassifierSpec.SlowLevel };
        FrameLimits limits = new(maxFrameBytes: Array.MaxLength, maxElements: Array.MaxLength);
        Frame packed = new(header, [new BytesTensor("updates", update)]);
        Frame added = new(header, level.AddUp([part]));
        byte[] sums = FrameCodec.Encode(added, EncodingPolicy.Lossless);
        double pack = BestTime(() => { }, () => FrameCodec.Encode(packed, EncodingPolicy.Lossless));
        double add = BestTime(() => { }, () => level.Absorb([part], [FrameCodec.Decode(sums, limits).Tensors]));
        return new PartCosts(pack, add, sums.Length);
    }

    private static double MeasureMark()
    {
        TensorSet marks =
        [
            new TextTensor("sources", [.. Enumerable.Range(0, Marks).Select(i => FormattableString.Invariant($"tenant-{i:D8}"))]),
            new IntegerTensor("sequences", Enumerable.Range(0, Marks).Select(i => (long)(i * 7919 % 1000)).ToArray()),
        ];
        Frame frame = new(new FrameHeader(FrameKind.Snapshot, Model) { Level = ClassifierSpec.SlowLevel }, marks);
        return (double)FrameCodec.Encode(frame, EncodingPolicy.Lossless).Length / Marks;
    }

    private async Task<(double Latency, double BytesPerSecond)> MeasureStoreAsync(CancellationToken cancellationToken)
    {
        double small = double.MaxValue;
        double large = double.MaxValue;
        for (int i = 0; i < Saves; i++)
        {
            small = Math.Min(small, await SaveAsync(new byte[1024], cancellationToken));
            large = Math.Min(large, await SaveAsync(new byte[LargeSave], cancellationToken));
        }

        return (small, LargeSave / Math.Max(large - small, 1e-6));
    }

    private async Task<double> SaveAsync(byte[] state, CancellationToken cancellationToken)
    {
        StateKey key = StateKey.Spec(Model);
        string? tag = (await store.LoadAsync(key, cancellationToken))?.ETag;
        long start = time.GetTimestamp();
        await store.SaveAsync(key, state, tag, cancellationToken);
        return time.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The shortest of a few: the first compiles, and others' work only adds.</summary>
    private double BestTime(Action prepare, Action work)
    {
        double best = double.MaxValue;
        for (int i = 0; i < Repeats; i++)
        {
            prepare();
            best = Math.Min(best, Time(work));
        }

        return best;
    }

    private double Time(Action work)
    {
        long start = time.GetTimestamp();
        work();
        return time.GetElapsedTime(start).TotalSeconds;
    }

    private sealed record PartCosts(double PackSeconds, double AddSeconds, long Bytes);
}
