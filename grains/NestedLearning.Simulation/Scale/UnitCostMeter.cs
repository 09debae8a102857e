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

    /// <summary>Learns, sends, folds and saves some hundred synthetic events, several times of this many classes.</summary>
    public async Task<UnitCosts> MeasureAsync(ClassifierSpec spec, int classes, CancellationToken cancellationToken)
    {
        ClassifierSpec measured = spec with { Period = long.MaxValue, PeriodGrowth = 0 };
        LearningEvent[] events = ScaleEvents.Make(Events, classes);
        FastMemory memory = new(new MemoryAddress(Model, new TenantId("worker")), measured, new RoundPolicy());
        double learn = BestTime(
            () => memory = new FastMemory(new MemoryAddress(Model, new TenantId("worker")), measured, new RoundPolicy()),
            () => memory.Learn(new SourceId("client"), events, 0));
        memory.EndPeriods(null);
        memory.Save();
        memory.ConfirmSaved(0);
        ReadOnlyMemory<byte> update = memory.Sendable(ClassifierSpec.SlowLevel)[0].Frame;

        Frame frame = FrameCodec.Decode(update, FrameLimits.Default);
        double decode = BestTime(() => { }, () => FrameCodec.Decode(update, FrameLimits.Default));
        double encode = BestTime(() => { }, () => FrameCodec.Encode(frame, new EncodingPolicy { Sparse = FloatEncoding.Int8 }));
        ISharedLevel level = measured.CreateSharedLevel(ClassifierSpec.SlowLevel, threads: 1);
        Contribution contribution = new(Events, frame.Tensors);
        double absorb = BestTime(() => { }, () => level.Absorb([contribution]));
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
}
