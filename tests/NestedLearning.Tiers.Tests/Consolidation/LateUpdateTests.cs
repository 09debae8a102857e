using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests.Consolidation;

/// <summary>Updates that were made on an older version than the one they are folded onto.</summary>
public class LateUpdateTests
{
    private static readonly ModelId Model = new("m");
    private static readonly OuterSettings Plain = new(OuterRule.Sgd, 1);
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    [Fact]
    public void Submit_ADeltaTooLate_CountsOnceAfterItsMemoryMovedIt()
    {
        RoundPolicy policy = new() { MaxStaleness = 1 };
        Consolidator level = Create(UpdateKind.Delta, policy);
        FastMemory memory = Learned(policy, level, events: 4);
        OutboxEntry late = Assert.Single(memory.Sendable(WalkSpec.Walk));
        FoldOthers(level, versions: 2);

        memory.Accept(WalkSpec.Walk, level.Submit(late.Frame, Now));
        Assert.False(level.HasOpenRound);
        memory.Adopt(WalkSpec.Walk, level.Published, level.ReceiptFor(Address.Source));
        OutboxEntry moved = Assert.Single(memory.Sendable(WalkSpec.Walk));
        Assert.Equal(new Receipt(1, 0), level.Submit(moved.Frame, Now));
        Assert.Equal(new Receipt(1, 0), level.Submit(late.Frame, Now));
        Fold(level);

        FrameHeader header = FrameCodec.Decode(moved.Frame, FrameLimits.Default).Header;
        Assert.Equal((1L, 2L, 4L), (header.Sequence, header.BaseVersion, header.Events));
        Assert.Equal((2 + 4f, 2 + 4L), (Place(level), level.Published.Events));
    }

    [Fact]
    public void Adopt_ADeltaNotTooLate_StaysAsItIs()
    {
        RoundPolicy policy = new() { MaxStaleness = 2 };
        Consolidator level = Create(UpdateKind.Delta, policy);
        FastMemory memory = Learned(policy, level, events: 4);
        byte[] before = memory.Sendable(WalkSpec.Walk)[0].Frame.ToArray();
        FoldOthers(level, versions: 2);

        memory.Adopt(WalkSpec.Walk, level.Published, level.ReceiptFor(Address.Source));

        Assert.Equal(before, memory.Sendable(WalkSpec.Walk)[0].Frame.ToArray());
    }

    [Fact]
    public void Submit_WhileAFoldIsNotSaved_CountsItsVersion()
    {
        Consolidator level = Create(UpdateKind.Delta, new RoundPolicy { MaxStaleness = 0 });
        level.Submit(Update(UpdateKind.Delta, "b", 1, events: 1, baseVersion: 0), Now);
        level.Fold(Now);

        Assert.Equal(new Receipt(0, 0), level.Submit(Update(UpdateKind.Delta, "a", 1, events: 1, baseVersion: 0), Now));
        Assert.Equal(new Receipt(1, 0), level.Submit(Update(UpdateKind.Delta, "a", 1, events: 1, baseVersion: 1), Now));
    }

    [Theory]
    [InlineData(UpdateKind.Delta, 9, 0, 1f)] // three versions late: 8 times half, half, half
    [InlineData(UpdateKind.Delta, 9, 2, 4f)]
    [InlineData(UpdateKind.Delta, 9, 99, 8f)] // a base that there is not makes nothing weigh more
    [InlineData(UpdateKind.Gradient, 9, 0, 0.125f)]
    [InlineData(UpdateKind.Gradient, 2, 0, 0.25f)] // a gradient is never later than that
    public void Fold_LateUpdates_WeighLessForEveryVersion(UpdateKind kind, int maxStaleness, long baseVersion, float moved)
    {
        Consolidator level = Create(kind, new RoundPolicy { MaxStaleness = maxStaleness, StalenessDiscount = 0.5 });
        FoldOthers(level, versions: 3, kind);
        level.Submit(Update(kind, "a", 1, events: 8, baseVersion), Now);
        Fold(level);

        Assert.Equal((3 + moved, 3 + 8L), (Place(level), level.Published.Events));
    }

    [Fact]
    public void Submit_Statistics_AreNeverLate()
    {
        FlakyLevel statistics = new();
        RoundPolicy policy = new() { MaxStaleness = 0, StalenessDiscount = 0.5 };
        Consolidator level = new(Model, new FlakySpec { Level = statistics }, ClassifierSpec.SlowLevel, policy, FrameLimits.Default, 1);
        for (int i = 1; i <= 3; i++)
        {
            FrameHeader header = Header(UpdateKind.Statistics, "a", i, events: 5, baseVersion: 0) with { Level = ClassifierSpec.SlowLevel };
            Assert.Equal(i, level.Submit(FrameCodec.Encode(new Frame(header, []), EncodingPolicy.Lossless), Now).AppliedThrough);
            Fold(level);
        }

        Assert.Equal(15, statistics.Events);
    }

    [Fact]
    public void Load_RoundsOfSeveralLateUpdates_LeadToTheSameLevelToTheBit()
    {
        const int Width = 4096; // so that the level outweighs two rounds, and is saved as what was added to it
        WalkSpec spec = new(UpdateKind.Delta, new OuterSettings(), Width);
        RoundPolicy policy = new() { MinContributors = 3, StalenessDiscount = 0.7 };
        Consolidator level = new(Model, spec, WalkSpec.Walk, policy, FrameLimits.Default, 1);
        ConsolidatorState? state = null;
        byte[]? saved = null;
        for (int round = 1; round <= 5; round++)
        {
            foreach (string source in new[] { "a", "b", "c" })
            {
                level.Submit(Update(UpdateKind.Delta, source, round, events: source[0] - 'a' + round, baseVersion: round / 2, Width), Now);
            }

            level.Fold(Now);
            state = level.Save();
            saved = state.NewBase ?? saved;
            level.ConfirmSaved(state);
        }

        Assert.True(state is { NewBase: null, BaseNumber: 1 });
        Consolidator loaded = new(Model, spec, WalkSpec.Walk, policy, FrameLimits.Default, 1);
        loaded.Load(state.State, saved);
        foreach (Consolidator each in new[] { level, loaded })
        {
            each.Submit(Update(UpdateKind.Delta, "a", 6, events: 1, baseVersion: 5, Width), Now);
            Fold(each);
        }

        Assert.Equal(Place(level), Place(loaded));
        Assert.Equal(level.Published.Events, loaded.Published.Events);
    }

    [Fact]
    public void Submit_MoreEventsOfASourceThanARoundTakes_WaitForTheNext()
    {
        Consolidator level = Create(UpdateKind.Delta, new RoundPolicy { MaxEventsPerSource = 5, MinContributors = 2 });
        byte[][] updates = [.. Enumerable.Range(1, 4).Select(i => Update(UpdateKind.Delta, "a", i, events: i == 3 ? 9 : 2, baseVersion: 0))];
        Assert.Equal([1, 2, 2, 2], updates.Select(update => level.Submit(update, Now).AppliedThrough));
        Assert.Equal(1, level.Submit(Update(UpdateKind.Delta, "b", 1, events: 5, baseVersion: 0), Now).AppliedThrough);
        Fold(level);
        Assert.Equal(9, level.Published.Events);

        Assert.Equal([3, 3], updates[2..].Select(update => level.Submit(update, Now).AppliedThrough)); // larger than the bound by itself
        Fold(level);
        Assert.Equal(4, level.Submit(updates[3], Now).AppliedThrough);
        Fold(level);
        Assert.Equal(20, level.Published.Events);
    }

    private static MemoryAddress Address => new(Model, new TenantId("t"));

    private static Consolidator Create(UpdateKind kind, RoundPolicy policy) =>
        new(Model, new WalkSpec(kind, Plain), WalkSpec.Walk, policy, FrameLimits.Default, 1);

    private static FastMemory Learned(RoundPolicy policy, Consolidator level, int events)
    {
        FastMemory memory = new(Address, new WalkSpec(UpdateKind.Delta, Plain), policy);
        memory.Adopt(WalkSpec.Walk, level.Published, level.ReceiptFor(Address.Source));
        memory.Learn(new SourceId("s"), [.. Enumerable.Range(1, events).Select(i => new LearningEvent(i, new TextInput("step"), "on"))], 0);
        memory.EndPeriods(null);
        memory.ConfirmSaved(memory.Save().Length);
        return memory;
    }

    private static void FoldOthers(Consolidator level, int versions, UpdateKind kind = UpdateKind.Delta)
    {
        for (int i = 1; i <= versions; i++)
        {
            level.Submit(Update(kind, "b", i, events: 1, baseVersion: level.Published.Number), Now);
            Fold(level);
        }
    }

    private static void Fold(Consolidator level)
    {
        level.Fold(Now);
        level.ConfirmSaved(level.Save());
    }

    private static float Place(Consolidator level) => level.Published.Tensors.Get<DenseTensor>(WalkSpec.Place).Values.Span[0];

    private static FrameHeader Header(UpdateKind kind, string source, long sequence, long events, long baseVersion) => new(FrameKind.Update, Model)
    {
        Level = WalkSpec.Walk,
        Source = new SourceId(source),
        Sequence = sequence,
        Events = events,
        BaseVersion = baseVersion,
        UpdateKind = kind,
    };

    private static byte[] Update(UpdateKind kind, string source, long sequence, long events, long baseVersion, int width = 1) => FrameCodec.Encode(
        new Frame(Header(kind, source, sequence, events, baseVersion), WalkSpec.At(kind == UpdateKind.Gradient ? -events : events, width)),
        new EncodingPolicy { Dense = FloatEncoding.Int8 }); // exact where all values are the same
}
