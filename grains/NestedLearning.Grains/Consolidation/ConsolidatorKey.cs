using System.Globalization;
using NestedLearning.Models;

namespace NestedLearning.Grains;

/// <summary>
/// The key of a consolidator: <c>model/level/shard</c>, where the model is <c>name.incarnation</c>. So what is on its way to a level of a
/// model that was deleted does not come to one of the same name.
/// </summary>
internal readonly record struct ConsolidatorKey(ModelId Model, string Incarnation, LevelId Level, int Shard)
{
    /// <summary>Reads a key.</summary>
    /// <exception cref="ArgumentException">It is no key of a consolidator.</exception>
    /// <exception cref="InvalidIdException">One of its names is not valid.</exception>
    public static ConsolidatorKey Parse(string text) => text.Split('/') is [var model, var level, var shard]
        && int.TryParse(shard, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? new ConsolidatorKey(new ModelId(ModelKey.NameOf(model)), ModelKey.IncarnationOf(model), new LevelId(level), number)
            : throw new ArgumentException($"'{text}' is no key of a consolidator; accepted: model/level/shard.", nameof(text));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ModelKey.Of(Model, Incarnation)}/{Level}/{Shard}");
}
