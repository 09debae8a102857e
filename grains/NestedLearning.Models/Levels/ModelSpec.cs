using System.Text.Json.Serialization;

namespace NestedLearning.Models;

/// <summary>
/// Everything that fixes a model before it has seen data. Two specs that are equal make the same model.
/// As JSON it carries its kind in <c>$kind</c>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$kind")]
[JsonDerivedType(typeof(ClassifierSpec), "classifier")]
[JsonDerivedType(typeof(SequenceSpec), "sequence")]
public abstract record ModelSpec
{
    /// <summary>The version of the spec's format.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>The levels, fastest first.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<LevelSpec> Levels { get; }

    /// <summary>Reports every violation at once.</summary>
    /// <exception cref="InvalidSpecException">At least one setting is out of its range.</exception>
    public abstract void Validate();

    /// <summary>The model as a fast memory of one of <paramref name="contributors"/> equal sources runs it.</summary>
    public abstract INestedModel CreateModel(int contributors);

    /// <summary>A shared level in its initial state, as its consolidator owns it; a fold may use this many threads.</summary>
    public abstract ISharedLevel CreateSharedLevel(LevelId level, int threads);
}
