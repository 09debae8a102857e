using NestedLearning.Models;

namespace NestedLearning.Tiers.Tests.Training;

public class TrainingRunTests
{
    private static readonly ModelId Model = new("m");
    private static readonly RunSpec Spec = new("data", Workers: 2, ShardsPerWorker: 2);
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TrainingRun _run = new(Model);

    [Fact]
    public void Lease_EachWorker_GetsItsLaneOfTheFirstStretch()
    {
        Begin();
        ShardGrant first = _run.Lease(1, Start)!;
        ShardGrant second = _run.Lease(2, Start)!;
        Assert.Equal(new RunShard(1, 0, 0, 5), first.Shard);
        Assert.Equal(new RunShard(2, 1, 0, 5), second.Shard);
        Assert.Equal(("run-1-shard-2", 0L), (second.Memory.Value, second.After));
    }

    [Fact]
    public void Lease_MoreWorkersThanShards_LeavesThemWithout()
    {
        Begin();
        Assert.All(Enumerable.Range(1, 4), worker => Assert.NotNull(_run.Lease(worker, Start)));
        Assert.Null(_run.Lease(5, Start));
    }

    [Fact]
    public void Lease_WorkerThatHoldsOne_GetsItAgainAndItsOldLeaseIsLost()
    {
        Begin();
        ShardLease old = _run.Lease(1, Start)!.Lease;
        _run.Renew(old, new ShardReport(2, 3, 1), Start);
        ShardGrant again = _run.Lease(1, Start)!;
        Assert.Equal((1, 2L), (again.Lease.Shard, again.After));
        Assert.Equal("shard 1, worker 1, lease 2", Assert.Throws<LeaseLostException>(() => _run.Renew(old, default, Start)).Place);
    }

    [Fact]
    public void Expire_SilentWorker_LosesItsShardToAnother()
    {
        Begin();
        ShardLease silent = _run.Lease(1, Start)!.Lease;
        ShardLease lively = _run.Lease(2, Start)!.Lease;
        _run.Renew(silent, new ShardReport(2, 2, 0), Start);
        _run.Renew(lively, new ShardReport(1, 1, 0), Start + TimeSpan.FromSeconds(29));

        Assert.Equal(0, _run.Expire(Start + TimeSpan.FromSeconds(29)));
        Assert.Equal(1, _run.Expire(Start + Spec.LeaseTime));

        ShardGrant taken = _run.Lease(3, Start + Spec.LeaseTime)!;
        Assert.Equal((1, 2L), (taken.Lease.Shard, taken.After));
        Assert.Throws<LeaseLostException>(() => _run.Renew(silent, new ShardReport(5, 5, 0), Start + Spec.LeaseTime));
        Assert.Throws<LeaseLostException>(() => _run.Complete(silent, new ShardReport(5, 5, 0)));
        Assert.Throws<LeaseLostException>(() => _run.Fail(silent, "late"));
    }

    [Fact]
    public void Renew_ReportThatWasOvertaken_TakesNothingBack()
    {
        Begin();
        ShardLease lease = _run.Lease(1, Start)!.Lease;
        _run.Renew(lease, new ShardReport(3, 3, 2), Start);
        _run.Renew(lease, new ShardReport(1, 1, 1), Start);
        Assert.Equal((3, 3, 2), (_run.Progress.Durable, _run.Progress.Learned, _run.Progress.Correct));
    }

    [Fact]
    public void Complete_LastShard_EndsTheRun()
    {
        Begin();
        for (long size = 3; CompleteNext(size); size = size == 3 ? 2 : 3)
        {
        }

        Assert.Equal((RunStage.Done, 10L, 4), (_run.Progress.Stage, _run.Progress.Durable, _run.Progress.ShardsDone));
        Assert.Null(_run.Lease(1, Start));
    }

    [Fact]
    public void Measure_EveryWorker_AddsUpWhatTheyCount()
    {
        _run.Begin(Spec with { Measure = true });
        RunExtent extent = new(10, "stamp", 0) { Tasks = [new RunTask("a", 5, 3), new RunTask("b", 10, 3)] };
        _run.Plan(_run.Lease(1, Start)!.Lease, extent);
        ShardLease first = _run.Lease(1, Start)!.Lease;
        ShardLease second = _run.Lease(2, Start)!.Lease;
        _run.Measure(first, 0, [2]);
        _run.Measure(first, 0, [3]); // Its answer was lost, so it is said again.
        Assert.Empty(_run.Progress.Measured);

        _run.Measure(second, 0, [1]);
        _run.Measure(first, 1, [3, 1]);
        TrainingRun loaded = new(Model);
        loaded.Load(_run.Save());

        Assert.Equal([3], Assert.Single(loaded.Progress.Measured));
        Assert.Equal(extent.Tasks, loaded.Progress.Tasks);
        Assert.Throws<ArgumentException>(() => _run.Measure(first, 1, [1]));
        Assert.Throws<ArgumentException>(() => _run.Measure(first, 2, [1, 1, 1]));
        Assert.Throws<LeaseLostException>(() => _run.Measure(first with { Number = 9 }, 0, [1]));
    }

    [Fact]
    public void WouldRead_RunThatNeedsNoMore_SaysNo()
    {
        Assert.True(_run.WouldRead(Spec));
        _run.Begin(Spec);
        Assert.False(_run.WouldRead(Spec));
        Assert.True(_run.WouldRead(Spec with { Data = "other" }));
        _run.Stop();
        Assert.True(_run.WouldRead(Spec));
    }

    [Fact]
    public void Complete_SaidAgain_ChangesNothing()
    {
        Begin();
        ShardLease lease = _run.Lease(1, Start)!.Lease;
        _run.Complete(lease, new ShardReport(3, 3, 0));
        _run.Complete(lease, new ShardReport(3, 3, 0));
        Assert.Equal((1, 3L), (_run.Progress.ShardsDone, _run.Progress.Durable));
    }

    [Fact]
    public void Complete_FewerEventsThanThereWere_Fails()
    {
        Begin();
        while (CompleteNext(size: 2))
        {
        }

        Assert.Equal(RunStage.Failed, _run.Progress.Stage);
        Assert.Equal("The shards hold 8 events, the data has 10: it changed while it was learned.", _run.Progress.Problem);
        _run.Begin(Spec);
        Assert.Equal(RunStage.Failed, _run.Progress.Stage);
    }

    [Fact]
    public void Stop_WhileShardsAreLeased_TheSameRunGoesOnFromTheirOffsets()
    {
        Begin();
        ShardLease lease = _run.Lease(1, Start)!.Lease;
        _run.Renew(lease, new ShardReport(2, 2, 0), Start);

        _run.Stop();

        Assert.Throws<LeaseLostException>(() => _run.Renew(lease, default, Start));
        Assert.Null(_run.Lease(1, Start));
        _run.Begin(Spec);
        Assert.Equal((1L, 2L), (_run.Progress.Run, _run.Lease(2, Start)!.After));
    }

    [Fact]
    public void Begin_AnotherRun_HasToWaitForTheEnd()
    {
        Begin();
        RunSpec other = Spec with { Data = "other" };
        Assert.Throws<RunUnderWayException>(() => _run.Begin(other));
        _run.Stop();
        _run.Begin(other);
        Assert.Equal((2L, RunStage.Surveying), (_run.Progress.Run, _run.Progress.Stage));
    }

    [Fact]
    public void Begin_TheSameRunUnderWayOrDone_ChangesNothing()
    {
        Begin();
        _run.ConfirmSaved();
        _run.Begin(Spec with { Fields = new FieldNames() });
        Assert.False(_run.HasUnsaved);
    }

    [Fact]
    public void Lease_DataNotKnownYet_LetsOneWorkerReadIt()
    {
        _run.Begin(Spec);
        ShardGrant survey = _run.Lease(2, Start)!;
        Assert.Null(survey.Extent);
        Assert.Null(_run.Lease(1, Start));
        ShardGrant another = _run.Lease(1, Start + Spec.LeaseTime)!;
        Assert.Throws<LeaseLostException>(() => _run.Plan(survey.Lease, new RunExtent(9, "", 0)));

        _run.Plan(another.Lease, new RunExtent(10, "", 0));

        Assert.Equal((RunStage.Running, 10L), (_run.Progress.Stage, _run.Progress.Events));
        Assert.Equal([1, 2], [_run.Lease(1, Start)!.Lease.Shard, _run.Lease(2, Start)!.Lease.Shard]);
    }

    [Fact]
    public void Fail_DataThatCannotBeRead_IsToldAndTriedAgain()
    {
        _run.Begin(Spec);
        _run.Fail(_run.Lease(1, Start)!.Lease, "gone");
        Assert.Equal((RunStage.Failed, "gone"), (_run.Progress.Stage, _run.Progress.Problem));
        _run.Begin(Spec);
        Assert.Equal((RunStage.Surveying, null), (_run.Progress.Stage, _run.Progress.Problem));
    }

    [Fact]
    public void AnyCall_NoRun_SaysSo()
    {
        Assert.Equal(Model, Assert.Throws<UnknownRunException>(() => _run.Progress).Model);
        Assert.Throws<UnknownRunException>(() => _run.Lease(1, Start));
        Assert.False(_run.IsUnderWay);
    }

    [Fact]
    public void Load_WhatSaveGave_IsTheSameRun()
    {
        Begin();
        ShardGrant grant = _run.Lease(2, Start)!;
        _run.Renew(grant.Lease, new ShardReport(2, 2, 1), Start + TimeSpan.FromSeconds(7));
        TrainingRun loaded = new(Model);

        loaded.Load(_run.Save());

        Assert.Equivalent(_run.Progress, loaded.Progress, strict: true);
        loaded.Renew(grant.Lease, default, Start);
        Assert.Equal((_run.Spec, 3L), (loaded.Spec, loaded.Lease(1, Start)!.Lease.Number));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"FormatVersion":2,"Number":1,"Spec":{"Data":"d","Workers":1},"Shards":[{}]}""")]
    [InlineData("""{"FormatVersion":1,"Number":1,"Spec":{"Data":"d","Workers":2},"Shards":[{}]}""")]
    [InlineData("""{"FormatVersion":1,"Number":1}""")]
    public void Load_SomethingElse_IsRefused(string json) =>
        Assert.Throws<DamagedRunException>(() => _run.Load(System.Text.Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Validate_EverythingWrong_ListsEverySetting()
    {
        RunSpec spec = new("", (DataFormat)9, new FieldNames(Text: "label"), 0, StreamSplit.Task, 2000, 1);
        Assert.Equal(7, Assert.Throws<InvalidRunException>(spec.Validate).Violations.Count);
        Assert.Contains("16,384", Assert.Throws<InvalidRunException>(() => (Spec with { Workers = 1024, ShardsPerWorker = 17 }).Validate()).Message, StringComparison.Ordinal);
    }

    private void Begin()
    {
        _run.Begin(Spec);
        _run.Plan(_run.Lease(1, Start)!.Lease, new RunExtent(10, "stamp", 0));
    }

    private bool CompleteNext(long size)
    {
        if (_run.Lease(1, Start) is { } grant)
        {
            _run.Complete(grant.Lease, new ShardReport(size, size, 0));
            return true;
        }

        return false;
    }
}
