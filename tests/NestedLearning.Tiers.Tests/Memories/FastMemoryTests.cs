using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests.Memories;

public class FastMemoryTests
{
    private static readonly MemoryAddress Address = new(new ModelId("m"), new TenantId("t"));
    private static readonly SourceId Source = new("s");
    private static readonly LevelId Slow = ClassifierSpec.SlowLevel;
    private static readonly ClassifierSpec Spec = new() { Features = 64, Period = 4 };
    private static readonly LevelVersion Start = new(0, 0, Spec.CreateSharedLevel(Slow, 1).Solve());

    [Fact]
    public void Learn_AtAPeriodsBoundary_DrainsBeforeTheNextEvent()
    {
        FastMemory memory = Create(new RoundPolicy());
        Assert.Equal(4, memory.Learn(Source, Events(6), 0));
        Assert.Equal((1, true), (memory.InFlight(Slow), memory.HasUnsaved));
        Assert.Empty(memory.Sendable(Slow));
        memory.ConfirmSaved(memory.Save().Length);
        Assert.Equal(1, Assert.Single(memory.Sendable(Slow)).Sequence);
        Assert.Equal(new Receipt(4, 4), memory.ReceiptFor(Source));
        Assert.Equal(6, memory.Learn(Source, Events(6), 4));
        Assert.Equal(new Receipt(6, 4), memory.ReceiptFor(Source));
    }

    [Fact]
    public void Learn_AsManyUpdatesUnderWayAsAllowed_TakesNoMore()
    {
        FastMemory memory = Create(new RoundPolicy { MaxInFlight = 2 });
        int next = 0;
        for (int i = 0; i < 10; i++)
        {
            next = memory.Learn(Source, Events(40), next);
        }

        Assert.Equal((8, true, 2), (next, memory.IsBlocked, memory.InFlight(Slow)));
        Assert.Equal(8, memory.Learn(Source, Events(8), 0)); // what is known is skipped all the same
    }

    [Fact]
    public void Learn_Synchronous_WaitsUntilTheVersionIsAdopted()
    {
        FastMemory memory = Create(new RoundPolicy { Synchronous = true });
        memory.Learn(Source, Events(6), 0);
        memory.ConfirmSaved(memory.Save().Length);
        memory.Accept(Slow, new Receipt(1, 1)); // durable above, but not adopted here
        Assert.Equal(4, memory.Learn(Source, Events(6), 4));
        memory.Adopt(Slow, Start with { Number = 1, Events = 4 }, new Receipt(1, 1));
        Assert.Equal(6, memory.Learn(Source, Events(6), 4));
    }

    [Fact]
    public void Accept_ALowerMark_SendsAgainWhatWasLost()
    {
        FastMemory memory = Create(new RoundPolicy());
        memory.Learn(Source, Events(5), 0);
        memory.ConfirmSaved(memory.Save().Length);
        memory.Accept(Slow, new Receipt(1, 0));
        Assert.Empty(memory.Sendable(Slow));
        memory.Accept(Slow, new Receipt(0, 0));
        Assert.Single(memory.Sendable(Slow));
    }

    [Fact]
    public void Adopt_AnOlderVersion_ChangesNothing()
    {
        FastMemory memory = Create(new RoundPolicy());
        memory.Adopt(Slow, Start with { Number = 3 }, new Receipt(0, 0));
        memory.Adopt(Slow, Start with { Number = 2 }, new Receipt(0, 0));
        Assert.Equal(3, memory.VersionOf(Slow));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)] // others wait for this memory
    public void Flush_NothingLearned_SendsAnEmptyUpdateOnlyWhereOthersWait(int contributors, int updates)
    {
        FastMemory memory = Create(new RoundPolicy { MinContributors = contributors });
        memory.Flush(Source, new FlushTicket(1));
        memory.Flush(Source, new FlushTicket(2));
        Assert.Equal(updates, memory.InFlight(Slow));
    }

    [Fact]
    public void Flush_TheSameTicketAgain_EndsNoSecondPeriodEvenAfterACrash()
    {
        RoundPolicy together = new() { MinContributors = 2 };
        FastMemory memory = Create(together);
        Assert.True(memory.Flush(Source, new FlushTicket(7)));
        byte[] saved = memory.Save();
        memory.ConfirmSaved(saved.Length);
        memory.Adopt(Slow, Start with { Number = 1 }, new Receipt(1, 1));
        Assert.False(memory.Flush(Source, new FlushTicket(7)));

        FastMemory loaded = new(Address, Spec, together);
        loaded.Load(saved);
        loaded.Adopt(Slow, Start with { Number = 1 }, new Receipt(1, 1));
        Assert.False(loaded.Flush(Source, new FlushTicket(7)));
        Assert.Equal(0, loaded.InFlight(Slow));
        Assert.True(loaded.Flush(Source, new FlushTicket(8)));
        Assert.Equal(1, loaded.InFlight(Slow));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)] // others wait for this memory, but not for nothing
    public void EndPeriods_NothingLearned_SendsNothing(int contributors)
    {
        FastMemory memory = Create(new RoundPolicy { MinContributors = contributors });
        memory.EndPeriods(null);
        Assert.Equal((0, false), (memory.InFlight(Slow), memory.HasUnsaved));
    }

    [Fact]
    public void EndPeriods_WithinAPeriod_DrainsWhatWasLearnedOnce()
    {
        FastMemory memory = Create(new RoundPolicy());
        memory.Learn(Source, Events(3), 0);
        memory.EndPeriods(new LevelId("other"));
        Assert.Equal(0, memory.InFlight(Slow));

        memory.EndPeriods(Slow);
        memory.EndPeriods(null);

        Assert.Equal((1, true), (memory.InFlight(Slow), memory.HasUnsaved));
        memory.ConfirmSaved(memory.Save().Length);
        Assert.Equal(1, Assert.Single(memory.Sendable(Slow)).Sequence);
        Assert.Equal(new Receipt(3, 3), memory.ReceiptFor(Source));
    }

    [Fact]
    public void Load_ASavedState_GoesOnWithTheSameUpdates()
    {
        FastMemory memory = Create(new RoundPolicy());
        memory.Learn(Source, Events(6), 0);
        memory.Learn(Source, Events(6), 4);
        byte[] saved = memory.Save();
        memory.ConfirmSaved(saved.Length);
        FastMemory loaded = new(Address, Spec, new RoundPolicy());
        loaded.Load(saved);
        loaded.Adopt(Slow, Start, new Receipt(0, 0));
        Assert.Equal(saved, loaded.Save());
        Assert.Equal(memory.Sendable(Slow)[0].Frame.ToArray(), Assert.Single(loaded.Sendable(Slow)).Frame.ToArray());
        Assert.Equal(new Receipt(6, 6), loaded.ReceiptFor(Source));
        Assert.Equal((6L, memory.Correct, (long)saved.Length), (loaded.Learned, loaded.Correct, loaded.Status.SavedBytes));
    }

    [Fact]
    public void Load_OfAnotherModel_IsRefused()
    {
        FastMemory other = new(Address with { Model = new ModelId("other") }, Spec, new RoundPolicy());
        Assert.Throws<FrameException>(() => other.Load(Create(new RoundPolicy()).Save()));
    }

    private static FastMemory Create(RoundPolicy policy)
    {
        FastMemory memory = new(Address, Spec, policy);
        memory.Adopt(Slow, Start, new Receipt(0, 0));
        return memory;
    }

    private static LearningEvent[] Events(int count) =>
        [.. Enumerable.Range(1, count).Select(i => new LearningEvent(
            i, new FeatureInput(new SparseVector(new[] { (ushort)(i % 9), (ushort)(10 + (i % 7)) }, new float[] { 0.6f, 0.8f })), $"c{i % 3}"))];
}
