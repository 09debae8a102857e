using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>Which schedules there are. Not safe for concurrent use.</summary>
public sealed class ScheduleIndex
{
    private readonly NameIndex _names;

    /// <summary>An index that is empty until it is loaded.</summary>
    public ScheduleIndex(ITierStore store, StateKey key) => _names = new NameIndex(store, key, text => ScheduleAddress.Parse(text).ToString());

    /// <summary>The schedules, by model and name; some may not be there.</summary>
    public IReadOnlyList<ScheduleAddress> Schedules => [.. _names.Names.Select(ScheduleAddress.Parse)];

    /// <inheritdoc cref="NameIndex.LoadAsync"/>
    public ValueTask LoadAsync(CancellationToken cancellationToken) => _names.LoadAsync(cancellationToken);

    /// <summary>Names a schedule.</summary>
    /// <exception cref="StoreException">The index could not be saved.</exception>
    public ValueTask AddAsync(ScheduleAddress schedule, CancellationToken cancellationToken) => _names.AddAsync(schedule.ToString(), cancellationToken);

    /// <summary>Names a schedule no more.</summary>
    /// <exception cref="StoreException">The index could not be saved.</exception>
    public ValueTask RemoveAsync(ScheduleAddress schedule, CancellationToken cancellationToken) => _names.RemoveAsync(schedule.ToString(), cancellationToken);
}
