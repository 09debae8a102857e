using System.Collections.Concurrent;
using NestedLearning.Models;

namespace NestedLearning.Grains;

/// <summary>
/// The versions that a client has seen of each model's shared levels. Its questions carry them along, so that a memory in
/// another silo does not answer from an older version than the client knows of.
/// </summary>
internal sealed class SeenVersions
{
    private readonly ConcurrentDictionary<ModelId, long[]> _versions = new();

    public long[] Of(ModelId model) => _versions.GetValueOrDefault(model, []);

    public void Add(ModelId model, long[] versions) =>
        _versions.AddOrUpdate(model, versions, (_, known) => [.. known.Zip(versions, Math.Max)]);

    /// <summary>The model is deleted; another one of its name has versions of its own.</summary>
    public void Forget(ModelId model) => _versions.TryRemove(model, out _);
}
