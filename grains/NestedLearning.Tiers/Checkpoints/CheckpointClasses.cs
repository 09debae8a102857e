using System.Text.Json.Serialization;
using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>What columns of a classifier's weights stand for.</summary>
/// <param name="Labels">The classes, in the order of the columns.</param>
/// <param name="Events">How many events of each are in the version.</param>
public sealed record CheckpointClasses(IReadOnlyList<string> Labels, IReadOnlyList<long> Events)
{
    /// <summary>The classes of a version.</summary>
    internal static CheckpointClasses Of(LevelVersion version) => new(
        [.. version.Tensors.OfType<TextTensor>().SelectMany(labels => labels.Texts)],
        [.. version.Tensors.OfType<IntegerTensor>().SelectMany(counts => counts.Values.ToArray())]);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CheckpointClasses))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
