using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>There is no model of this name.</summary>
public sealed class UnknownModelException(ModelId model)
    : NestedLearningException($"There is no model '{model}'; create it first.")
{
    /// <summary>The name that was asked for.</summary>
    public ModelId Model { get; } = model;
}

/// <summary>A model of this name exists with other settings.</summary>
public sealed class ModelConflictException(ModelId model)
    : NestedLearningException($"The model '{model}' exists with other settings; use those, or another name.")
{
    /// <summary>The name that is taken.</summary>
    public ModelId Model { get; } = model;
}

/// <summary>An event of a batch was refused; the events before it are learned, it and those after it are not.</summary>
public sealed class EventRefusedException(long sequence, NestedLearningException reason)
    : NestedLearningException($"Event {sequence}: {reason.Message}", reason)
{
    /// <summary>The sequence number of the refused event.</summary>
    public long Sequence { get; } = sequence;
}

/// <summary>The model has no shared level of this name.</summary>
public sealed class UnknownLevelException(LevelId level, IReadOnlyList<LevelId> accepted)
    : NestedLearningException($"There is no shared level '{level}'; accepted: {string.Join(", ", accepted)}.")
{
    /// <summary>The name that was asked for.</summary>
    public LevelId Level { get; } = level;
}
