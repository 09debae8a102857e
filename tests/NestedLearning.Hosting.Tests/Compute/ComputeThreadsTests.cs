namespace NestedLearning.Hosting.Tests.Compute;

public sealed class ComputeThreadsTests
{
    [Fact]
    public async Task RunAsync_OnOneThread_RunsInOrderOfArrival()
    {
        await using ComputeThreads compute = new(threads: 1, capacity: 100);
        using ManualResetEventSlim gate = new();
        ValueTask<int> first = compute.RunAsync(() => Wait(gate), default);
        List<int> order = [];

        Task<int>[] others = [.. Enumerable.Range(0, 50).Select(i => compute.RunAsync(() => Add(order, i), default).AsTask())];
        gate.Set();
        await first;
        await Task.WhenAll(others);

        Assert.Equal(Enumerable.Range(0, 50), order);
    }

    [Fact]
    public async Task RunAsync_QueueIsFull_WaitsForAPlace()
    {
        await using ComputeThreads compute = new(threads: 1, capacity: 1);
        using ManualResetEventSlim started = new();
        using ManualResetEventSlim gate = new();
        Task<int> first = compute.RunAsync(() => Wait(gate, started), default).AsTask();
        started.Wait();
        Task<int> second = compute.RunAsync(() => 2, default).AsTask();
        using CancellationTokenSource impatient = new();
        Task<int> third = compute.RunAsync(() => 3, impatient.Token).AsTask();

        Assert.Equal(1, compute.Waiting);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        gate.Set();

        int[] results = await Task.WhenAll(first, second);
        Assert.Equal([1, 2], results);
    }

    [Fact]
    public async Task RunAsync_WorkThatFails_FailsItsCallerOnly()
    {
        await using ComputeThreads compute = new(threads: 2, capacity: 10);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await compute.RunAsync<int>(() => throw new InvalidOperationException(), default));

        Assert.Equal(5, await compute.RunAsync(() => 5, default));
    }

    [Fact]
    public async Task DisposeAsync_WorkIsUnderWay_WaitsForIt()
    {
        ComputeThreads compute = new(threads: 1, capacity: 10);
        using ManualResetEventSlim gate = new();
        Task<int> first = compute.RunAsync(() => Wait(gate), default).AsTask();
        Task<int> second = compute.RunAsync(() => 2, default).AsTask();

        Task disposal = compute.DisposeAsync().AsTask();
        Assert.False(disposal.IsCompleted);
        gate.Set();
        await disposal;

        int[] results = await Task.WhenAll(first, second);
        Assert.Equal([1, 2], results);
    }

    private static int Wait(ManualResetEventSlim gate, ManualResetEventSlim? started = null)
    {
        started?.Set();
        gate.Wait();
        return 1;
    }

    private static int Add(List<int> order, int number)
    {
        order.Add(number);
        return number;
    }
}
