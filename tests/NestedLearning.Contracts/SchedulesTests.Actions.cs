using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Contracts;

/// <content>What the actions do.</content>
public abstract partial class SchedulesTests
{
    [Fact]
    public async Task Consolidate_WhatMemoriesHaveNotSent_IsFoldedWithoutTheQuorum()
    {
        await using ScheduledEngine engine = await OpenWithModelAsync(Hourly);
        await FeedAsync(engine, "a", 1, 4);
        await FeedAsync(engine, "b", 1, 3);
        await AskAsync(engine, "c"); // has nothing to send

        ScheduleRun run = await engine.Schedules.RunAsync(Address, RunTicket.Next(), default);

        Assert.Equal((RunOutcome.Succeeded, "2 memories, version 0 -> 1, 7 events"), (run.Outcome, run.Detail));
        Assert.Equal((2, 1, 7), (run.Figures["memories"], run.Figures["slow/version"], run.Figures["slow/events"]));
        Assert.Equal((1L, 7L), ((await LevelAsync(engine)).Version, (await LevelAsync(engine)).Events));
        Assert.All(await AskAsync(engine, "c"), answer => Assert.NotNull(answer.Label)); // it knows what the others learned
        ScheduleRun idle = await engine.Schedules.RunAsync(Address, RunTicket.Next(), default);
        Assert.Equal("0 memories, version 1 -> 1, 0 events", idle.Detail);
    }

    [Fact]
    public async Task Consolidate_ThenFeedAndFlush_CountsEveryEventOnce()
    {
        await using ScheduledEngine engine = await OpenWithModelAsync(Hourly);
        for (int i = 0; i < 5; i++)
        {
            await FeedAsync(engine, "a", 1, 10 * (i + 1));
            await FeedAsync(engine, "b", 1, 3 * (i + 1));
            await engine.Schedules.RunAsync(Address, RunTicket.Next(), default);
        }

        Assert.Equal((5L, 65L), ((await LevelAsync(engine)).Version, (await LevelAsync(engine)).Events));
    }

    [Fact]
    public async Task Consolidate_WhileAFlushWaitsForOthers_LetsItEnd()
    {
        await using ScheduledEngine engine = await OpenWithModelAsync(Hourly);
        await FeedAsync(engine, "a", 1, 4);
        await FeedAsync(engine, "b", 1, 2);
        Task<Receipt> flush = engine.Cluster.FlushAsync(Memory("a"), Source, default).AsTask();
        while ((await LevelAsync(engine)).RoundContributors == 0)
        {
            await Task.Yield();
        }

        await engine.Schedules.RunAsync(Address, RunTicket.Next(), default);

        Assert.Equal(new Receipt(4, 4), await flush);
        Assert.Equal(6, (await LevelAsync(engine)).Events);
    }

    [Fact]
    public async Task Snapshot_TheNewestVersion_IsKeptAsAFrame()
    {
        ITierStore store = CreateStore();
        ScheduleSpec snapshots = Hourly with { Action = ScheduledAction.Snapshot, Level = ClassifierSpec.SlowLevel, Keep = 2 };
        await using ScheduledEngine engine = await OpenWithModelAsync(snapshots, store);
        for (int version = 1; version <= 3; version++)
        {
            await FeedAsync(engine, "a", 1, 5 * version);
            Task<Receipt> flush = engine.Cluster.FlushAsync(Memory("a"), Source, default).AsTask();
            await engine.Schedules.SetAsync(Model, Hourly with { Id = new ScheduleId("fold") }, default);
            await engine.Schedules.RunAsync(Address with { Schedule = new ScheduleId("fold") }, RunTicket.Next(), default);
            await flush;
            ScheduleRun run = await engine.Schedules.RunAsync(Address, RunTicket.Next(), default);
            Assert.Equal((RunOutcome.Succeeded, version), (run.Outcome, run.Figures["slow/version"]));
        }

        Assert.Null(await store.LoadAsync(StateKey.Snapshot(Model, ClassifierSpec.SlowLevel, 1), default));
        Assert.NotNull(await store.LoadAsync(StateKey.Snapshot(Model, ClassifierSpec.SlowLevel, 2), default));
        StoredState newest = (await store.LoadAsync(StateKey.Snapshot(Model, ClassifierSpec.SlowLevel, 3), default))!;
        LevelVersion version3 = await engine.Cluster.GetVersionAsync(Model, ClassifierSpec.SlowLevel, default);
        Assert.Equal(LevelVersions.Encode(Model, ClassifierSpec.SlowLevel, version3), newest.Bytes.ToArray());
    }

    [Fact]
    public async Task Evaluate_Again_CountsWhatWasLearnedSince()
    {
        await using ScheduledEngine engine = await OpenWithModelAsync(Hourly with { Action = ScheduledAction.Evaluate });
        FeedReceipt first = await FeedAsync(engine, "a", 1, 30);
        await engine.Schedules.RunAsync(Address, RunTicket.Next(), default);
        FeedReceipt a = await FeedAsync(engine, "a", 1, 50);
        FeedReceipt b = await FeedAsync(engine, "b", 1, 10);

        ScheduleRun second = await engine.Schedules.RunAsync(Address, RunTicket.Next(), default);
        ScheduleRun third = await engine.Schedules.RunAsync(Address, RunTicket.Next(), default);

        ScheduleRun[] runs = [.. await engine.Schedules.GetRunsAsync(Address, default)];
        Assert.Equal((30, first.Correct), (runs[^1].Figures["events"], runs[^1].Figures["correct"]));
        Assert.Equal((2, 30, a.Correct + b.Correct), (second.Figures["memories"], second.Figures["events"], second.Figures["correct"]));
        Assert.Equal((a.Correct + b.Correct) / 30.0, second.Figures["accuracy"], 10);
        Assert.Equal((0, false), (third.Figures["events"], third.Figures.ContainsKey("accuracy")));
    }

    [Fact]
    public async Task Evaluate_AModelWithAGate_AsksItsProbesOfEveryTenant()
    {
        ModelId gated = new("gated");
        ScheduleAddress check = new(gated, new ScheduleId("check"));
        await using ScheduledEngine engine = await OpenWithModelAsync();
        await engine.Cluster.CreateModelAsync(gated, Spec, new RoundPolicy { Gate = new GatePolicy { MinAgreement = 0, MaxRegression = 1 } }, default);
        await engine.Schedules.SetAsync(gated, Hourly with { Id = check.Schedule, Action = ScheduledAction.Evaluate }, default);
        ScheduleRun before = await engine.Schedules.RunAsync(check, RunTicket.Next(), default);
        foreach (string tenant in new[] { "a", "b" })
        {
            MemoryAddress memory = new(gated, new TenantId(tenant));
            await engine.Cluster.FeedAsync(memory, Source, [.. Enumerable.Range(1, 12).Select(i => Event(i) with { Label = $"{tenant}-{i % 3}" })], default);
            await engine.Cluster.FlushAsync(memory, Source, default);
        }

        ScheduleRun run = await engine.Schedules.RunAsync(check, RunTicket.Next(), default);

        Assert.Null(before.Probes);
        Assert.Equal([("a", 12), ("b", 12)], run.Probes!.Select(probe => (probe.Source, probe.Asked)));
        Assert.Equal(24, run.Figures[EvaluationFigures.Probes]);
        Assert.Equal(run.Probes!.Sum(probe => probe.Right), run.Figures[EvaluationFigures.ProbesRight]);
        ScheduleRun kept = (await engine.Schedules.GetRunsAsync(check, default))[0];
        Assert.Equal(run.Probes, kept.Probes);
        Assert.EndsWith(FormattableString.Invariant($"; {run.Figures[EvaluationFigures.ProbesRight]} of 24 probes right"), kept.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_ASequenceModel_SaysWhatItsTextsCostSince()
    {
        ModelId hope = new("hope");
        ScheduleAddress check = new(hope, new ScheduleId("check"));
        await using ScheduledEngine engine = await OpenWithModelAsync();
        SequenceSpec spec = new(new SequenceSettings(256) { Width = 8, Blocks = 1, Heads = 2, Hidden = 6, Periods = [1, 2] })
        {
            Tokenizer = SequenceModelTokenizer.Bytes,
            Training = new SequenceTrainingSettings { Batch = 2, Length = 7 },
        };
        await engine.Cluster.CreateModelAsync(hope, spec, new RoundPolicy(), default);
        await engine.Schedules.SetAsync(hope, Hourly with { Id = check.Schedule, Action = ScheduledAction.Evaluate }, default);
        MemoryAddress ann = new(hope, new TenantId("ann"));
        FeedReceipt first = await engine.Cluster.FeedAsync(ann, Source, [new LearningEvent(1, new TextInput("to be or not to be"), "")], default);
        ScheduleRun one = await engine.Schedules.RunAsync(check, RunTicket.Next(), default);
        FeedReceipt second = await engine.Cluster.FeedAsync(ann, Source, [new LearningEvent(2, new TextInput("that is the question"), "")], default);

        ScheduleRun two = await engine.Schedules.RunAsync(check, RunTicket.Next(), default);
        ScheduleRun three = await engine.Schedules.RunAsync(check, RunTicket.Next(), default);

        Assert.Equal((17, 19), (first.CodeLength.Bytes, second.CodeLength.Bytes));
        Assert.Equal(first.CodeLength.BitsPerByte!.Value, one.Figures[EvaluationFigures.BitsPerByte], 1e-9);
        Assert.Equal(second.CodeLength.BitsPerByte!.Value, two.Figures[EvaluationFigures.BitsPerByte], 1e-9);
        Assert.Equal(second.Loss, two.Figures[EvaluationFigures.Loss], 1e-9);
        Assert.Equal(
            FormattableString.Invariant($"1 memory, 1 event, {second.CodeLength.BitsPerByte:F3} bits a byte ({second.Loss:F3} nats a token) before they were learned"),
            two.Detail);
        Assert.False(two.Figures.ContainsKey(EvaluationFigures.Accuracy));
        Assert.Equal((0, false), (three.Figures[EvaluationFigures.Events], three.Figures.ContainsKey(EvaluationFigures.Loss)));
    }

    [Fact]
    public async Task Expire_IdleMemories_SendUpAndComeBackAsTheyWere()
    {
        ScheduleSpec expiry = Hourly with { Action = ScheduledAction.Expire, IdleFor = TimeSpan.FromMinutes(30) };
        await using ScheduledEngine engine = await OpenWithModelAsync(expiry);
        await FeedAsync(engine, "a", 1, 6);
        await FeedAsync(engine, "b", 1, 3);
        IReadOnlyList<Prediction> answers = await AskAsync(engine, "a");
        _time.Advance(TimeSpan.FromMinutes(31));
        await FeedAsync(engine, "b", 1, 4);

        ScheduleRun run = await engine.Schedules.RunAsync(Address, RunTicket.Next(), default);

        Assert.Equal("1 memory left, 1 memory stayed", run.Detail);
        Assert.Equal(1, (await LevelAsync(engine)).RoundContributors); // what it learned is on its way
        Assert.Equal(answers, await AskAsync(engine, "a"));
        Assert.Equal((0, 6L), ((await FeedAsync(engine, "a", 1, 6)).Learned, (await engine.Cluster.GetMemoryAsync(Memory("a"), default)).Learned));
    }

    [Fact]
    public async Task Expire_MemoriesThatAreInUse_LosesNoEventAndRefusesNobody()
    {
        ScheduleSpec expiry = Hourly with { Action = ScheduledAction.Expire, IdleFor = TimeSpan.FromMinutes(1), Cron = "0 0 1 7 *" };
        await using ScheduledEngine engine = await OpenWithModelAsync(expiry);
        Task feeds = Task.WhenAll(Enumerable.Range(0, 4).Select(tenant => Task.Run(async () =>
        {
            for (int i = 1; i <= 100; i++)
            {
                Assert.Equal(1, (await FeedAsync(engine, $"t{tenant}", i, 1)).Learned);
            }
        })));
        bool isLast;
        ScheduleRun run;
        do
        {
            isLast = feeds.IsCompleted;
            _time.Advance(TimeSpan.FromMinutes(2));
            run = await engine.Schedules.RunAsync(Address, RunTicket.Next(), default);
            Assert.Equal((RunOutcome.Succeeded, ""), (run.Outcome, run.Outcome == RunOutcome.Succeeded ? "" : run.Detail));
        }
        while (!isLast);

        await feeds;
        Assert.Equal(0, run.Figures["stayed"]);
        await engine.Schedules.SetAsync(Model, Hourly with { Id = new ScheduleId("fold") }, default);
        await engine.Schedules.RunAsync(Address with { Schedule = new ScheduleId("fold") }, RunTicket.Next(), default);
        Assert.Equal(400, (await LevelAsync(engine)).Events);
    }
}
