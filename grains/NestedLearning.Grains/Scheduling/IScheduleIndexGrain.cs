using Orleans.Concurrency;

namespace NestedLearning.Grains;

/// <summary>Which schedules a model has. Its key is the model's name.</summary>
[Alias("nl.IScheduleIndexGrain")]
public interface IScheduleIndexGrain : IGrainWithStringKey
{
    /// <summary>Names a schedule, before it is there.</summary>
    [Alias("Add")]
    ValueTask AddAsync(string schedule, CancellationToken cancellationToken);

    /// <summary>Names a schedule no more, once it is gone.</summary>
    [Alias("Remove")]
    ValueTask RemoveAsync(string schedule, CancellationToken cancellationToken);

    /// <summary>The names, in order; some may be of none.</summary>
    [Alias("List")]
    ValueTask<string[]> ListAsync(CancellationToken cancellationToken);

    /// <summary>The model is deleted: does away with all schedules.</summary>
    [Alias("Erase")]
    ValueTask EraseAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Sees to it that every schedule has a reminder: those that are kept in memory go with the silo that has them. Nobody
    /// waits for it.
    /// </summary>
    [Alias("Wake"), OneWay]
    ValueTask WakeAsync();
}
