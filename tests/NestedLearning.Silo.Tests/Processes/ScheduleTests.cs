using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Silo.Tests.Processes;

/// <summary>Schedules over HTTP, as <c>nl schedule --server</c> asks for them.</summary>
public sealed class ScheduleTests
{
    private const int Events = 20; // fewer than a period of the model has

    private static readonly ScheduleSpec Yearly = new(new ScheduleId("yearly"), ScheduledAction.Consolidate, "0 0 1 1 *");
    private static readonly ScheduleAddress Address = new(Learner.Model, Yearly.Id);

    [Fact]
    public async Task Schedule_SetOnASilo_RunsAndGoesThroughItsGateway()
    {
        int port = SiloProcess.FreePort();
        using SiloProcess silo = await SiloProcess.ServeAsync(("Endpoints:ClientPort", $"{port}"));
        using SiloProcess gateway = await SiloProcess.ServeAsync(("Role", "Gateway"), ("Endpoints:ClientPort", $"{port}"));
        await using HttpLearningCluster inside = await Learner.ConnectAsync(silo.Url);
        await using HttpLearningCluster outside = HttpLearningCluster.Connect(gateway.Url);
        await Learner.FeedAsync(inside, Learner.Tenants[0], 1, Events);

        await inside.Schedules.SetAsync(Learner.Model, Yearly, default);
        ScheduleRun run = await outside.Schedules.RunAsync(Address, RunTicket.Next(), default);

        Assert.Equal((RunOutcome.Succeeded, "1 memory, version 0 -> 1, 20 events"), (run.Outcome, run.Detail));
        Assert.Equal(Events, await Learner.LearnedAsync(outside));
        Assert.Equal(run.Started, Assert.Single(await inside.Schedules.ListAsync(Learner.Model, default)).Last!.Started);
        Assert.Equal(run.Detail, Assert.Single(await inside.Schedules.GetRunsAsync(Address, default)).Detail);
        await outside.Schedules.RemoveAsync(Address, default);
        Assert.Empty(await inside.Schedules.ListAsync(Learner.Model, default));
        await Assert.ThrowsAsync<UnknownScheduleException>(async () => await outside.Schedules.GetRunsAsync(Address, default));
    }
}
