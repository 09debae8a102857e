using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>There is no model of this name.</summary>
public sealed class UnknownModelException(ModelId model)
    : NestedLearningException($"There is no model '{model}'; create it first.")
{
    /// <summary>The name that was asked for.</summary>
    public ModelId Model { get; } = model;
}

/// <summary>Nothing is known of a tenant in a model: it was never fed, or the key that asks may not know of it.</summary>
public sealed class UnknownTenantException(ModelId model, TenantId tenant)
    : NestedLearningException($"The model '{model}' has nothing of a tenant '{tenant}'.")
{
    /// <summary>The model that was asked.</summary>
    public ModelId Model { get; } = model;

    /// <summary>The name that was asked for.</summary>
    public TenantId Tenant { get; } = tenant;
}

/// <summary>A tenant was taken out of a level while it was exported. What came of the export is not whole; begin it again.</summary>
public sealed class ExportOvertakenException(LevelId level)
    : NestedLearningException($"The level '{level}' was changed while the tenant was exported: updates were taken out of it; export the tenant again.")
{
    /// <summary>The level.</summary>
    public LevelId Level { get; } = level;
}

/// <summary>A model of this name exists with other settings.</summary>
public sealed class ModelConflictException(ModelId model)
    : NestedLearningException($"The model '{model}' exists with other settings; use those, or another name.")
{
    /// <summary>The name that is taken.</summary>
    public ModelId Model { get; } = model;
}

/// <summary>A model was deleted while one of its name was imported. Nothing is left of it; import it again.</summary>
public sealed class ImportOvertakenException(ModelId model)
    : NestedLearningException($"The import of '{model}' was overtaken by a deletion of that name; import it again.")
{
    /// <summary>The model.</summary>
    public ModelId Model { get; } = model;
}

/// <summary>An event of a batch was refused; the events before it are learned, it and those after it are not.</summary>
public sealed class EventRefusedException(long sequence, NestedLearningException reason)
    : NestedLearningException($"Event {sequence}: {reason.Message}", reason)
{
    /// <summary>The sequence number of the refused event.</summary>
    public long Sequence { get; } = sequence;

    /// <summary>What is wrong with it.</summary>
    public NestedLearningException Reason { get; } = reason;

    /// <summary>What the events before it came to.</summary>
    public FeedReceipt Before { get; init; }
}

/// <summary>
/// A sender goes on after events that the memory does not have: they were applied but not durable when it was lost.
/// Nothing was learned; the sender has to start again after <see cref="AppliedThrough"/>.
/// </summary>
public sealed class EventsMissingException(long appliedThrough, long expected)
    : NestedLearningException(
        $"The memory has this source's events up to {appliedThrough}, not up to {expected}; send those in between again.")
{
    /// <summary>The last of the sender's sequence numbers that the memory has.</summary>
    public long AppliedThrough { get; } = appliedThrough;

    /// <summary>The one after which the sender wanted to go on.</summary>
    public long Expected { get; } = expected;
}

/// <summary>The model has no shared level of this name.</summary>
public sealed class UnknownLevelException(LevelId level, IReadOnlyList<LevelId> accepted)
    : NestedLearningException($"There is no shared level '{level}'; accepted: {string.Join(", ", accepted)}.")
{
    /// <summary>The names of the shared levels.</summary>
    public IReadOnlyList<LevelId> Accepted { get; } = accepted;

    /// <summary>The name that was asked for.</summary>
    public LevelId Level { get; } = level;
}

/// <summary>
/// A tenant cannot be taken out of a shared level, because the level does not keep what it is made of. Nothing was removed.
/// </summary>
public sealed class NotForgettableException(LevelId level)
    : NestedLearningException(
        $"The tenant's events are in the level '{level}', which does not keep what would take them out; only a model made with '{nameof(RoundPolicy.Forgettable)}' set to true in its policy does.")
{
    /// <summary>The level.</summary>
    public LevelId Level { get; } = level;
}

/// <summary>
/// A memory lacks events that the server called durable: its store went back in time, or is another one. Whoever has the
/// events has to feed them again from <see cref="AppliedThrough"/> on.
/// </summary>
public sealed class DurableEventsLostException(long appliedThrough, long durableThrough)
    : NestedLearningException(
        $"The server has lost durable events: it had them up to {durableThrough}, now up to {appliedThrough}; feed the later ones again.")
{
    /// <summary>The last event that the memory has.</summary>
    public long AppliedThrough { get; } = appliedThrough;

    /// <summary>The last event that was durable.</summary>
    public long DurableThrough { get; } = durableThrough;
}

/// <summary>
/// A shared level has fewer of a memory's updates than it called durable: its state was lost, or is an older one. The
/// memory does not keep them any more, so that nothing can go on until the level has them again.
/// </summary>
public sealed class LevelBehindException(LevelId level, long durableThrough, long expected)
    : NestedLearningException(
        $"The level '{level}' has this memory's updates up to {durableThrough}, and called those up to {expected} durable: its state was lost or is an older one; restore it from a backup.")
{
    /// <summary>The level that lost them.</summary>
    public LevelId Level { get; } = level;

    /// <summary>The last update that it has.</summary>
    public long DurableThrough { get; } = durableThrough;

    /// <summary>The last one that it called durable.</summary>
    public long Expected { get; } = expected;
}

/// <summary>There is more to do than may wait. Nothing was done; the same call again, a little later, may be.</summary>
public sealed class BusyException(string place)
    : NestedLearningException($"{place} has as much work as may wait; try again a little later.")
{
    /// <summary>What is busy.</summary>
    public string Place { get; } = place;
}

/// <summary>What was asked is about to stop, or to move. What it learned is saved; the same call again reaches the next one.</summary>
public sealed class StoppingException(string place)
    : NestedLearningException($"{place} is stopping; what is not durable has to be sent again.")
{
    /// <summary>What is stopping.</summary>
    public string Place { get; } = place;
}
