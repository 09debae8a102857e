using NestedLearning.Tiers;

namespace NestedLearning.Contracts;

/// <summary>An engine whose schedules run.</summary>
/// <param name="cluster">Its models.</param>
/// <param name="schedules">Their schedules.</param>
/// <param name="close">Closes it.</param>
public sealed class ScheduledEngine(ILearningCluster cluster, ISchedules schedules, Func<ValueTask> close) : IAsyncDisposable
{
    public ILearningCluster Cluster => cluster;

    public ISchedules Schedules => schedules;

    /// <summary>Has whatever tells its schedules that time has passed do so, where that is not the clock itself.</summary>
    public Func<Task> TickAsync { get; init; } = () => Task.CompletedTask;

    public ValueTask DisposeAsync() => close();
}
