using Orleans.Concurrency;

namespace NestedLearning.Grains;

/// <summary>Which models the cluster has. There is one, with the key <see cref="Key"/>.</summary>
[Alias("nl.IModelIndexGrain")]
public interface IModelIndexGrain : IGrainWithStringKey
{
    /// <summary>The key of the only one.</summary>
    const string Key = "models";

    /// <summary>Names a model, before it is there.</summary>
    [Alias("Add")]
    ValueTask AddAsync(string model, CancellationToken cancellationToken);

    /// <summary>Names a model no more, once it is gone.</summary>
    [Alias("Remove")]
    ValueTask RemoveAsync(string model, CancellationToken cancellationToken);

    /// <summary>The names, in order; some may be of none.</summary>
    [Alias("List")]
    ValueTask<string[]> ListAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Has every model finish what was cut short of its deletion, or of forgetting a tenant: a silo has started, and there may be no
    /// reminder of it. Nobody waits for it.
    /// </summary>
    [Alias("Finish"), OneWay]
    ValueTask FinishAsync();
}
