using NestedLearning.Gateway.Dashboard.Parts;
using NestedLearning.Gateway.Dashboard.Recording;
using NestedLearning.Models;

namespace NestedLearning.Gateway.Dashboard.Home;

/// <summary>A model, in the list of all.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Look">What was seen of it.</param>
/// <param name="Path">Its first page.</param>
public sealed record HomeModel(ModelId Model, ModelLook Look, string Path)
{
    /// <summary>By what is told how well it knows what it learns.</summary>
    public Measure Measure { get; } = Measure.Of(Look.Total);

    /// <summary>The events in the shared level that holds most, of the whole cluster; null where the caller may not know, or it was not asked.</summary>
    public long? Consolidated { get; init; }
}

/// <summary>The first page.</summary>
/// <param name="Models">The models that the caller may know of.</param>
/// <param name="Scopes">What the caller's key may do, by name; empty where no keys are asked for.</param>
public sealed record HomeView(IReadOnlyList<HomeModel> Models, IReadOnlyList<string> Scopes)
{
    /// <summary>The model that was just deleted; null for none.</summary>
    public ModelId? Deleted { get; init; }
}
