namespace NestedLearning.Grains;

/// <summary>
/// Names of a model's memories, lest one that is stored is not found when the model is deleted: grain storage cannot list what it holds.
/// Its key is a <see cref="MemoryNamesKey"/>.
/// </summary>
[Alias("nl.IMemoryNamesGrain")]
internal interface IMemoryNamesGrain : IGrainWithStringKey
{
    /// <summary>Names something, before it is saved.</summary>
    /// <exception cref="NestedLearning.Tiers.UnknownModelException">The model is deleted.</exception>
    [Alias("Add")]
    ValueTask AddAsync(string name, CancellationToken cancellationToken);

    /// <summary>Gives the names, and takes no more: the model is deleted.</summary>
    [Alias("End")]
    ValueTask<string[]> EndAsync(CancellationToken cancellationToken);
}
