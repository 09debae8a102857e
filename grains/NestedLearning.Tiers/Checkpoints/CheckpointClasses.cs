using System.Text.Json.Serialization;

namespace NestedLearning.Tiers;

/// <summary>What columns of a classifier's weights stand for.</summary>
/// <param name="Labels">The classes, in the order of the columns.</param>
/// <param name="Events">How many events of each are in the version.</param>
public sealed record CheckpointClasses(IReadOnlyList<string> Labels, IReadOnlyList<long> Events);

/// <summary>What a classifier's statistics are of.</summary>
/// <param name="Version">The version that has them.</param>
/// <param name="Events">How many events they are of.</param>
/// <param name="Clock">The level's time, in events, where statistics fade; else 0.</param>
/// <param name="Labels">The classes, in the order of the columns: those of the weights first, then those that are in no version.</param>
public sealed record CheckpointStatistics(long Version, long Events, long Clock, IReadOnlyList<string> Labels);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CheckpointClasses))]
[JsonSerializable(typeof(CheckpointStatistics))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
