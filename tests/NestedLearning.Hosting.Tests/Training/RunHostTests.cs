using NestedLearning.Contracts;
using NestedLearning.Embedded;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting.Tests.Training;

public sealed class RunHostTests : IAsyncLifetime
{
    private static readonly ModelId Model = new("m");
    private static readonly RunSpec Spec = new("data", Workers: 2, LeaseSeconds: 30);

    private readonly ManualTime _time = new();
    private readonly MemoryTierStore _store = new();
    private readonly List<int> _woken = [];
    private RunHost _host = null!;

    public async Task InitializeAsync() => _host = await OpenAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task LookAsync_NoRun_WakesNobody()
    {
        Assert.Equal(default, await _host.LookAsync(default));
        Assert.Empty(_woken);
    }

    [Fact]
    public async Task PlanAsync_DataIsKnown_WakesEveryWorker()
    {
        await BeginAsync();

        Assert.Equal([1, 2], _woken);
    }

    [Fact]
    public async Task LookAsync_WorkerThatIsSilent_LosesItsShard()
    {
        await BeginAsync();
        ShardLease silent = (await _host.LeaseAsync(1, default))!.Lease;
        ShardLease quick = (await _host.LeaseAsync(2, default))!.Lease;
        _time.Advance(TimeSpan.FromSeconds(20));
        await _host.RenewAsync(quick, new ShardReport(1, 1, 0), default);
        Assert.Equal(new RunLook(TimeSpan.FromSeconds(10), 0), await _host.LookAsync(default));

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(1, (await _host.LookAsync(default)).Expired);
        await Assert.ThrowsAsync<LeaseLostException>(async () => await _host.RenewAsync(silent, default, default));
    }

    [Fact]
    public async Task OpenAsync_AfterACrash_KnowsEveryLease()
    {
        await BeginAsync();
        ShardLease lease = (await _host.LeaseAsync(1, default))!.Lease;

        await using RunHost another = await OpenAsync();

        await another.RenewAsync(lease, new ShardReport(2, 2, 1), default);
        Assert.Equal(2, (await another.GetProgressAsync(default)).Durable);
    }

    [Fact]
    public async Task DisposeAsync_WhatWasReported_IsSaved()
    {
        await BeginAsync();
        await _host.RenewAsync((await _host.LeaseAsync(1, default))!.Lease, new ShardReport(2, 2, 1), default);
        await _host.DisposeAsync();

        await using RunHost another = await OpenAsync();

        Assert.Equal(2, (await another.GetProgressAsync(default)).Durable);
    }

    private async Task BeginAsync()
    {
        await _host.StartAsync(Spec, default);
        await _host.PlanAsync((await _host.LeaseAsync(1, default))!.Lease, new RunExtent(10, "stamp", 0), default);
    }

    private ValueTask<RunHost> OpenAsync() =>
        RunHost.OpenAsync(Model, _woken.Add, new TierHosting(_store, new CallersCompute()) { Time = _time }, default);
}
