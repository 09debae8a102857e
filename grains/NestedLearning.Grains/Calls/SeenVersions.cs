using System.Collections.Concurrent;
using NestedLearning.Models;

namespace NestedLearning.Grains;

/// <summary>
/// The versions that a client has seen of each model's shared levels. Its questions carry them along, so that a memory in
/// another silo does not answer from an older version than the client knows of. Its events carry along where it saw the levels when it
/// looked, so that a memory knows of the round that the client goes on with.
/// </summary>
internal sealed class SeenVersions
{
    private readonly ConcurrentDictionary<ModelId, long[]> _versions = new();

    private readonly ConcurrentDictionary<ModelId, SeenLevels> _levels = new();

    /// <summary>What its flushes have come to.</summary>
    public long[] Of(ModelId model) => _versions.GetValueOrDefault(model, []);

    public void Add(ModelId model, long[] versions) =>
        _versions.AddOrUpdate(model, versions, (_, known) => [.. known.Zip(versions, Math.Max)]);

    /// <summary>Where it saw the levels last; null where it did not look.</summary>
    public SeenLevels? LevelsOf(ModelId model) => _levels.GetValueOrDefault(model);

    public void Add(ModelId model, SeenLevels levels) => _levels[model] = levels;

    /// <summary>The model is deleted; another one of its name has versions of its own.</summary>
    public void Forget(ModelId model)
    {
        _versions.TryRemove(model, out _);
        _levels.TryRemove(model, out _);
    }
}
