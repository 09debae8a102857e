using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>
/// The key of a stored state: segments of <c>[a-z0-9-]</c> joined by '/', built from validated ids only, so that it
/// is safe as a relative path and as a blob name.
/// </summary>
public readonly record struct StateKey
{
    private readonly string? _value;

    private StateKey(string value) => _value = value;

    /// <summary>The key as text.</summary>
    public string Value => _value ?? "";

    /// <summary>The state of a fast memory.</summary>
    public static StateKey Memory(ModelId model, TenantId tenant) => Parse($"{model}/memories/{tenant}");

    /// <summary>The state of a consolidator.</summary>
    public static StateKey Consolidator(ModelId model, LevelId level) => Parse($"{model}/levels/{level}");

    /// <summary>One of the two alternating bases of a consolidator's state.</summary>
    public static StateKey ConsolidatorBase(ModelId model, LevelId level, long number) =>
        Parse($"{model}/levels/{level}-base-{number % 2}");

    /// <summary>What a level stores beside its state.</summary>
    public static StateKey Attachment(ModelId model, LevelId level, AttachmentName name) =>
        Parse(FormattableString.Invariant($"{AttachmentPrefix(model, level, name.Kind)}{name.Number}-{name.Digest}"));

    /// <summary>What the keys of a kind begin with that a level stores beside its state.</summary>
    public static string AttachmentPrefix(ModelId model, LevelId level, AttachmentKind kind)
    {
        string folder = kind switch
        {
            AttachmentKind.Lineage => "lineage",
            AttachmentKind.Quarantine => "quarantine",
            AttachmentKind.Archive => "archive",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Lineage, Quarantine or Archive"),
        };
        return $"{model}/{folder}/{level}/";
    }

    /// <summary>Which models there are.</summary>
    public static StateKey Models() => Parse("models");

    /// <summary>What the keys of all states of a model begin with.</summary>
    public static string PrefixOf(ModelId model) => $"{model}/";

    /// <summary>Says that a model is being deleted.</summary>
    public static StateKey Deletion(ModelId model) => Parse($"{model}/deletion");

    /// <summary>Which tenants are being taken out of a model.</summary>
    public static StateKey Forgetting(ModelId model) => Parse($"{model}/forgetting");

    /// <summary>The spec of a model.</summary>
    public static StateKey Spec(ModelId model) => Parse($"{model}/spec");

    /// <summary>Names of a model's memories, where the store cannot list them.</summary>
    public static StateKey MemoryNames(ModelId model, string part) => Parse($"{model}/names/{part}");

    /// <summary>A part of what a level begins with.</summary>
    /// <param name="model">The model.</param>
    /// <param name="digest">Names what all its levels begin with.</param>
    /// <param name="level">The level.</param>
    /// <param name="part">Which part, from 0.</param>
    public static StateKey Initial(ModelId model, string digest, LevelId level, int part) =>
        Parse(FormattableString.Invariant($"{model}/initial/{digest}/{level}/{part}"));

    /// <summary>Names what is stored for a model that is being imported, until it is there.</summary>
    public static StateKey Imports(ModelId model) => Parse($"{model}/imports");

    /// <summary>What a client remembers of a stream that it trains.</summary>
    public static StateKey Run(ModelId model) => Parse($"{model}/run");

    /// <summary>The training run whose workers read the data by themselves.</summary>
    public static StateKey TrainingRun(ModelId model) => Parse($"{model}/training");

    /// <summary>A schedule and the records of its runs.</summary>
    public static StateKey Schedule(ScheduleAddress schedule) => Parse($"{schedule.Model}/schedules/{schedule.Schedule}");

    /// <summary>Which schedules there are, of all models: where one process has them.</summary>
    public static StateKey Schedules() => Parse("schedules");

    /// <summary>Which schedules a model has: where each model has an owner for that.</summary>
    public static StateKey Schedules(ModelId model) => Parse($"{model}/schedules");

    /// <summary>A version of a level, kept by a schedule.</summary>
    public static StateKey Snapshot(ModelId model, LevelId level, long version) =>
        Parse(FormattableString.Invariant($"{model}/snapshots/{level}/{version}"));

    /// <summary>Which versions of a level are kept, and by whom.</summary>
    public static StateKey Snapshots(ModelId model, LevelId level) => Parse($"{model}/snapshots/{level}");

    /// <summary>Reads back a key from its text, as a store lists it.</summary>
    /// <exception cref="InvalidIdException">A segment does not follow the rule for ids.</exception>
    public static StateKey Parse(string text)
    {
        foreach (string segment in text.Split('/'))
        {
            _ = new TenantId(segment);
        }

        return new StateKey(text);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
