using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Recording;

/// <summary>
/// Remembers what passes through this process since it started, so that the dashboard shows curves without asking memories.
/// What has to outlive the process is in the levels' lineage and in the records of schedules.
/// </summary>
internal sealed class Recorder(IOptions<GatewayOptions> options)
{
    private const int MaxModels = 256;

    private readonly ConcurrentDictionary<ModelId, ModelRecording> _models = new();

    /// <summary>The models that were seen, by name.</summary>
    public IReadOnlyList<ModelId> Models =>
        [.. _models.Keys.OrderBy(model => model.Value, StringComparer.Ordinal)];

    private DateTimeOffset Now => options.Value.Time.GetUtcNow();

    /// <summary>A memory learned events, which had labels or not, or said how far it is.</summary>
    public void Learned(MemoryAddress memory, SourceId source, FeedReceipt receipt, bool areLabelled = true)
    {
        if (_models.TryGetValue(memory.Model, out ModelRecording? known) || _models.Count < MaxModels)
        {
            (known ?? _models.GetOrAdd(memory.Model, _ => new ModelRecording())).Learn(Now, memory.Tenant, source, receipt, areLabelled);
        }
    }

    /// <summary>A memory was asked how it stands.</summary>
    /// <param name="memory">Whose.</param>
    /// <param name="before">What was known of it when it was asked.</param>
    /// <param name="notDurable">How many of its events are in no saved state.</param>
    public void Asked(MemoryAddress memory, TenantLook before, long notDurable)
    {
        if (_models.TryGetValue(memory.Model, out ModelRecording? known))
        {
            known.Ask(Now, before, notDurable);
        }
    }

    /// <summary>What was seen of a tenant is not to be remembered.</summary>
    public void Forget(MemoryAddress memory)
    {
        if (_models.TryGetValue(memory.Model, out ModelRecording? known))
        {
            known.Forget(memory.Tenant);
        }
    }

    /// <summary>What was seen of a model is not to be remembered.</summary>
    public void Forget(ModelId model) => _models.TryRemove(model, out _);

    /// <summary>What was seen of a model.</summary>
    public ModelLook Look(ModelId model) => _models.TryGetValue(model, out ModelRecording? known) ? known.Read(Now) : ModelLook.Nothing;
}
