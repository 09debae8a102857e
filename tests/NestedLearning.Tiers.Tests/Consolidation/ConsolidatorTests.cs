using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests.Consolidation;

public class ConsolidatorTests
{
    private static readonly ModelId Model = new("m");
    private static readonly LevelId Slow = ClassifierSpec.SlowLevel;
    private static readonly SourceId Source = new("a");
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly FlakySpec Spec = new();

    [Fact]
    public void Fold_SolveFails_CountsTheRoundOnceWhenItIsTriedAgain()
    {
        FlakyLevel level = new();
        Consolidator consolidator = Create(level);
        consolidator.Submit(Update(1), Now);
        level.FailsToSolve = true;
        Assert.Throws<NotPositiveDefiniteException>(() => consolidator.Fold(Now));
        Assert.Equal(new Receipt(1, 0), consolidator.ReceiptFor(Source));
        Assert.False(consolidator.HasUnsavedFold);
        Assert.Throws<InvalidOperationException>(consolidator.Save);
        consolidator.Submit(Update(1), Now);
        consolidator.Submit(Update(2), Now);
        Assert.True(consolidator.IsRoundDue(Now));

        level.FailsToSolve = false;
        consolidator.Fold(Now);
        consolidator.ConfirmSaved(consolidator.Save());

        Assert.Equal((1L, 1L), (consolidator.Published.Number, consolidator.Published.Events));
        Assert.Equal(new Receipt(2, 1), consolidator.ReceiptFor(Source));
        consolidator.Fold(Now);
        consolidator.ConfirmSaved(consolidator.Save());
        Assert.Equal((2L, 2L), (consolidator.Published.Number, level.Events));
    }

    [Fact]
    public void Fold_AbsorbFails_KeepsTheRound()
    {
        FlakyLevel level = new() { FailsToAbsorb = true };
        Consolidator consolidator = Create(level);
        consolidator.Submit(Update(1), Now);
        Assert.Throws<OutOfMemoryException>(() => consolidator.Fold(Now));
        Assert.Equal(new Receipt(1, 0), consolidator.ReceiptFor(Source));
        level.FailsToAbsorb = false;
        consolidator.Fold(Now);
        Assert.Equal(1, level.Events);
    }

    [Fact]
    public void Fold_BeforeTheLastIsSaved_IsRefused()
    {
        Consolidator consolidator = Create(new FlakyLevel());
        consolidator.Submit(Update(1), Now);
        consolidator.Fold(Now);
        Assert.False(consolidator.IsRoundDue(Now.AddYears(1)));
        Assert.Throws<InvalidOperationException>(() => consolidator.Fold(Now));
        Assert.Equal(0, consolidator.Published.Number);
    }

    [Fact]
    public void Submit_AfterAGapOrKnown_ChangesNothing()
    {
        Consolidator consolidator = Create(new FlakyLevel());
        Assert.Equal(new Receipt(0, 0), consolidator.Submit(Update(2), Now));
        Assert.Equal(0, consolidator.RoundContributors);
        Assert.Equal(new Receipt(1, 0), consolidator.Submit(Update(1), Now));
        Assert.Equal(new Receipt(1, 0), consolidator.Submit(Update(1), Now));
        consolidator.Fold(Now);
        consolidator.ConfirmSaved(consolidator.Save());
        Assert.Equal(1, consolidator.Published.Events);
    }

    [Fact]
    public void MayBeReplaced_SenderKnowsMore_IsTrueUntilTheStoreSaysOtherwise()
    {
        Consolidator consolidator = Create(new FlakyLevel());
        consolidator.Submit(Update(1), Now);
        Assert.False(consolidator.MayBeReplaced);
        consolidator.Submit(Update(3), Now);
        Assert.True(consolidator.MayBeReplaced);
        consolidator.ConfirmOwned();
        Assert.False(consolidator.MayBeReplaced);
        consolidator.Submit(Encode(Header(2) with { BaseVersion = 1 }), Now);
        Assert.True(consolidator.MayBeReplaced);
    }

    [Fact]
    public void Save_FirstAfterAStart_KeepsTheBase()
    {
        Consolidator consolidator = Create(new FlakyLevel());
        for (long sequence = 1; sequence <= 20; sequence++)
        {
            consolidator.Submit(Update(sequence), Now);
        }

        Assert.Null(FoldAndSave(consolidator).NewBase);
        consolidator.Submit(Update(21), Now);
        Assert.NotNull(FoldAndSave(consolidator).NewBase);
    }

    [Fact]
    public void Submit_NotForThisLevel_IsRefused()
    {
        Consolidator consolidator = Create(new FlakyLevel());
        FrameHeader header = Header(1);
        FrameHeader[] wrong =
        [
            header with { Model = new ModelId("other") },
            header with { Level = new LevelId("other") },
            header with { Shard = 1 },
            header with { UpdateKind = UpdateKind.Gradient },
            header with { Kind = FrameKind.Version },
        ];
        Assert.All(wrong, each => Assert.Throws<FrameException>(() => consolidator.Submit(Encode(each), Now)));
        Assert.Throws<FrameException>(() => consolidator.Submit(new byte[100], Now));
        Assert.Equal(new Receipt(0, 0), consolidator.ReceiptFor(Source));
    }

    [Fact]
    public void IsRoundDue_WithoutItsQuorum_WaitsForTheDeadline()
    {
        RoundPolicy policy = new() { MinContributors = 2, MaxWait = TimeSpan.FromSeconds(5) };
        Consolidator consolidator = Create(new FlakyLevel(), policy);
        Assert.Null(consolidator.RoundDeadline);
        Assert.False(consolidator.IsRoundDue(Now.AddYears(1)));
        consolidator.Submit(Update(1), Now);
        consolidator.Submit(Update(2), Now.AddSeconds(3)); // the same source again is no quorum
        Assert.Equal(Now.AddSeconds(5), consolidator.RoundDeadline);
        Assert.False(consolidator.IsRoundDue(Now.AddSeconds(4.9)));
        Assert.True(consolidator.IsRoundDue(Now.AddSeconds(5)));
        consolidator.Submit(Encode(Header(1) with { Source = new SourceId("b") }), Now);
        Assert.True(consolidator.IsRoundDue(Now));
    }

    [Fact]
    public void HasOpenRound_UntilItIsFolded_IsTrue()
    {
        FlakyLevel level = new();
        Consolidator consolidator = Create(level, new RoundPolicy { MinContributors = 2 });
        Assert.False(consolidator.HasOpenRound);
        consolidator.Submit(Update(1), Now);
        Assert.True(consolidator.HasOpenRound);

        level.FailsToSolve = true;
        Assert.Throws<NotPositiveDefiniteException>(() => consolidator.Fold(Now));
        Assert.True(consolidator.HasOpenRound);
        level.FailsToSolve = false;
        consolidator.Fold(Now);

        Assert.False(consolidator.HasOpenRound);
    }

    [Fact]
    public void Pull_WhileAFoldIsNotDurable_TellsNothingOfIt()
    {
        Consolidator consolidator = Create(new FlakyLevel());
        consolidator.Submit(Update(1), Now);
        consolidator.Fold(Now);
        VersionReply reply = consolidator.Pull(Source, -1);
        Assert.Equal((0L, new Receipt(1, 0)), (reply.Version, reply.Marks));
        consolidator.ConfirmSaved(consolidator.Save());
        Assert.Equal((1L, new Receipt(1, 1)), (consolidator.Pull(Source, 0).Version, consolidator.Pull(Source, 0).Marks));
        Assert.Empty(consolidator.Pull(Source, 1).Frames);
    }

    [Fact]
    public void Load_StateOfAnotherModel_IsRefused()
    {
        Consolidator consolidator = Create(new FlakyLevel());
        consolidator.Submit(Update(1), Now);
        consolidator.Fold(Now);
        byte[] state = consolidator.Save().State;
        Consolidator other = new(new ModelId("other"), Spec, Slow, new RoundPolicy(), FrameLimits.Default, 1);
        Assert.Throws<FrameException>(() => other.Load(state, default));
        Assert.Throws<FrameException>(() => Create(new FlakyLevel()).Load(Update(1), default));
    }

    private static Consolidator Create(FlakyLevel level, RoundPolicy? policy = null) =>
        new(Model, Spec with { Level = level }, Slow, policy ?? new RoundPolicy(), FrameLimits.Default, 1);

    private static ConsolidatorState FoldAndSave(Consolidator consolidator)
    {
        consolidator.Fold(Now);
        ConsolidatorState saved = consolidator.Save();
        consolidator.ConfirmSaved(saved);
        return saved;
    }

    private static FrameHeader Header(long sequence) =>
        new(FrameKind.Update, Model) { Level = Slow, Source = Source, Sequence = sequence, Events = 1, UpdateKind = UpdateKind.Statistics };

    private static byte[] Update(long sequence) => Encode(Header(sequence));

    private static byte[] Encode(FrameHeader header) =>
        FrameCodec.Encode(new Frame(header, [new IntegerTensor("n", new long[] { 1 })]), EncodingPolicy.Lossless);
}
