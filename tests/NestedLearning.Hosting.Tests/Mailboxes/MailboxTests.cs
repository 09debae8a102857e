namespace NestedLearning.Hosting.Tests.Mailboxes;

public sealed class MailboxTests
{
    private static readonly MailboxOptions One = new() { Capacity = 1 };

    [Fact]
    public async Task AskAsync_ReturnsTheResultOfTheTurn()
    {
        await using Mailbox mailbox = new("tests", new MailboxOptions());
        Assert.Equal(42, await mailbox.AskAsync(_ => ValueTask.FromResult(42), default));
    }

    [Fact]
    public async Task AskAsync_OtherScheduler_RunsTheTurnAndWhatItAwaitsThere()
    {
        ConcurrentExclusiveSchedulerPair schedulers = new();
        await using Mailbox mailbox = new("tests", new MailboxOptions { Scheduler = schedulers.ExclusiveScheduler });
        bool wasThere = await mailbox.AskAsync(
            async _ =>
            {
                bool began = TaskScheduler.Current == schedulers.ExclusiveScheduler;
                await Task.Yield();
                return began && TaskScheduler.Current == schedulers.ExclusiveScheduler;
            },
            default);
        Assert.True(wasThere);
    }

    [Fact]
    public async Task AskAsync_ContextNotFlowing_RunsTheTurnWithoutContext()
    {
        await using Mailbox mailbox = new("tests", new MailboxOptions());
        AsyncLocal<int> context = new() { Value = 1 };
        Assert.Equal(0, await mailbox.AskAsync(_ => ValueTask.FromResult(context.Value), default));
        ValueTask<int> unflowing;
        using (ExecutionContext.SuppressFlow())
        {
            unflowing = mailbox.AskAsync(_ => ValueTask.FromResult(context.Value), default);
        }

        Assert.Equal(0, await unflowing);
    }

    [Fact]
    public async Task TellAsync_ManyTurns_RunInTheOrderOfAcceptance()
    {
        List<int> ran = [];
        await using (Mailbox mailbox = new("tests", new MailboxOptions { Capacity = 8 }))
        {
            for (int i = 0; i < 1000; i++)
            {
                int turn = i;
                _ = await mailbox.TellAsync(
                    async _ =>
                    {
                        await Task.Yield();
                        ran.Add(turn);
                    },
                    default);
            }
        }

        Assert.Equal(Enumerable.Range(0, 1000), ran);
    }

    [Fact]
    public async Task AskAsync_FromManySenders_RunsOneTurnAtATime()
    {
        await using Mailbox mailbox = new("tests", new MailboxOptions { Capacity = 4 });
        int running = 0;
        int overlaps = 0;
        int total = 0;

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => mailbox.AskAsync(
            async _ =>
            {
                overlaps += Interlocked.Increment(ref running) - 1;
                await Task.Yield();
                total++;
                Interlocked.Decrement(ref running);
            },
            default).AsTask()));

        Assert.Equal(0, overlaps);
        Assert.Equal(200, total);
    }

    [Fact]
    public async Task AskAsync_TurnFails_ThrowsToItsCallerOnly()
    {
        await using Mailbox mailbox = new("tests", One);
        Func<CancellationToken, ValueTask<int>> failing = _ => throw new InvalidDataException("bad turn");

        await Assert.ThrowsAsync<InvalidDataException>(() => mailbox.AskAsync(failing, default).AsTask());

        Assert.Equal(1, await mailbox.AskAsync(_ => ValueTask.FromResult(1), default));
    }

    [Fact]
    public async Task TellAsync_TurnFails_TheReturnedTaskFails()
    {
        await using Mailbox mailbox = new("tests", One);
        Task turn = await mailbox.TellAsync(_ => ValueTask.FromException(new InvalidDataException("bad turn")), default);
        await Assert.ThrowsAsync<InvalidDataException>(() => turn);
    }

    [Fact]
    public async Task TellAsync_MailboxFull_WaitsForRoom()
    {
        await using Mailbox mailbox = new("tests", One);
        await using BlockedTurn blocked = await BlockedTurn.StartAsync(mailbox);
        Task waiting = await mailbox.TellAsync(_ => ValueTask.CompletedTask, default);

        Task<Task> second = mailbox.TellAsync(_ => ValueTask.CompletedTask, default).AsTask();
        Assert.False(second.IsCompleted);

        blocked.Release();
        await waiting;
        await await second;
    }

    [Fact]
    public async Task AskAsync_CanceledInTheQueue_EndsAtOnceAndNeverRuns()
    {
        bool ran = false;
        await using (Mailbox mailbox = new("tests", One))
        {
            await using BlockedTurn blocked = await BlockedTurn.StartAsync(mailbox);
            using CancellationTokenSource cancellation = new();
            Task queued = mailbox.AskAsync(_ => Run(out ran), cancellation.Token).AsTask();

            cancellation.Cancel();

            OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued);
            Assert.Equal(cancellation.Token, error.CancellationToken);
        }

        Assert.False(ran);
    }

    [Fact]
    public async Task TellAsync_CanceledInTheQueue_NeverRuns()
    {
        bool ran = false;
        await using Mailbox mailbox = new("tests", One);
        await using BlockedTurn blocked = await BlockedTurn.StartAsync(mailbox);
        using CancellationTokenSource cancellation = new();
        Task told = await mailbox.TellAsync(_ => Run(out ran), cancellation.Token);

        cancellation.Cancel();
        blocked.Release();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => told);
        Assert.False(ran);
    }

    [Fact]
    public async Task AskAsync_CanceledWhileWaitingForRoom_NeverRuns()
    {
        bool ran = false;
        await using (Mailbox mailbox = new("tests", One))
        {
            await using BlockedTurn blocked = await BlockedTurn.StartAsync(mailbox);
            _ = await mailbox.TellAsync(_ => ValueTask.CompletedTask, default);
            using CancellationTokenSource cancellation = new();
            Task waiting = mailbox.AskAsync(_ => Run(out ran), cancellation.Token).AsTask();
            cancellation.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        Assert.False(ran);
    }

    [Fact]
    public async Task AskAsync_CanceledDuringTheTurn_LeavesItToTheTurn()
    {
        await using Mailbox mailbox = new("tests", One);
        using CancellationTokenSource cancellation = new();
        int answer = await mailbox.AskAsync(
            token =>
            {
                cancellation.Cancel();
                return ValueTask.FromResult(token.IsCancellationRequested ? 7 : 0);
            },
            cancellation.Token);
        Assert.Equal(7, answer);
    }

    [Fact(Timeout = 60_000)] // A regression would hang.
    public async Task AskAsync_ContinuationBlocks_TheReaderGoesOn()
    {
        await using Mailbox mailbox = new("tests", One);
        using ManualResetEventSlim finished = new();
        TaskCompletionSource awaiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource begin = new(TaskCreationOptions.RunContinuationsAsynchronously);

        async Task AskThenBlockAsync()
        {
            await mailbox.AskAsync(async _ => await begin.Task, default);
            finished.Wait(); // Hangs for good if this runs on the reader.
        }

        Task first = Task.Run(() =>
        {
            Task asked = AskThenBlockAsync();
            awaiting.SetResult();
            return asked;
        });
        await awaiting.Task;
        begin.SetResult();
        await mailbox.AskAsync(_ => ValueTask.CompletedTask, default);
        await mailbox.AskAsync(_ => ValueTask.CompletedTask, default);
        finished.Set();
        await first;
    }

    [Fact]
    public async Task DisposeAsync_RunsWhatWasAcceptedAndRefusesTheRest()
    {
        Mailbox mailbox = new("memory m1/t1", One);
        BlockedTurn blocked = await BlockedTurn.StartAsync(mailbox);
        bool ran = false;
        Task accepted = await mailbox.TellAsync(_ => Run(out ran), default);
        Task waiting = mailbox.AskAsync(_ => ValueTask.CompletedTask, default).AsTask();

        Task closing = mailbox.DisposeAsync().AsTask();

        await Assert.ThrowsAsync<MailboxClosedException>(() => waiting);
        Assert.False(closing.IsCompleted);
        await blocked.DisposeAsync();
        await closing;
        await accepted;
        Assert.True(ran);
    }

    [Fact]
    public async Task EveryCall_AfterDispose_IsRefusedAndNamesTheMailbox()
    {
        Mailbox mailbox = new("memory m1/t1", One);
        await mailbox.DisposeAsync();
        await mailbox.DisposeAsync();

        MailboxClosedException error = await Assert.ThrowsAsync<MailboxClosedException>(
            () => mailbox.AskAsync(_ => ValueTask.CompletedTask, default).AsTask());
        Assert.Equal("memory m1/t1", error.Mailbox);
        await Assert.ThrowsAsync<MailboxClosedException>(
            () => mailbox.TellAsync(_ => ValueTask.CompletedTask, default).AsTask());
    }

    [Fact]
    public void Constructor_CapacityBelowOne_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Mailbox("tests", new MailboxOptions { Capacity = 0 }));

    private static ValueTask Run(out bool ran)
    {
        ran = true;
        return ValueTask.CompletedTask;
    }
}
