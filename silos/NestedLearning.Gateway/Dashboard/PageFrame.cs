using NestedLearning.Models;

namespace NestedLearning.Gateway.Dashboard;

/// <summary>The pages of a model, as its tabs show them.</summary>
public enum PageTab
{
    /// <summary>None of them.</summary>
    None,

    /// <summary>The tiers.</summary>
    Overview,

    /// <summary>Learning curves.</summary>
    Learning,

    /// <summary>What is forgotten.</summary>
    Forgetting,

    /// <summary>Tenants.</summary>
    Tenants,

    /// <summary>Versions and the gate.</summary>
    Versions,

    /// <summary>Schedules.</summary>
    Schedules,
}

/// <summary>What is around every page.</summary>
/// <param name="Title">Its title.</param>
public sealed record PageFrame(string Title)
{
    /// <summary>The model that it is about; null for none.</summary>
    public ModelId? Model { get; init; }

    /// <summary>Which of the model's pages it is.</summary>
    public PageTab Tab { get; init; }

    /// <summary>The key that is signed in; null where nobody signs in, or has not yet.</summary>
    public string? Key { get; init; }

    /// <summary>Whether the key may look into models.</summary>
    public bool IsAdmin { get; init; }

    /// <summary>Whether the key may look at tenants.</summary>
    public bool IsReader { get; init; }

    /// <summary>What forms bring back.</summary>
    public string FormToken { get; init; } = "";

    /// <summary>When what it shows was read.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>Whether it keeps itself up to date.</summary>
    public bool IsLive { get; init; }
}
