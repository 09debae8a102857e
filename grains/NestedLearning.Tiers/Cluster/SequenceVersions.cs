using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>The parameters of a sequence model, as the newest durable versions of its levels have them.</summary>
/// <param name="Parameters">All parameters, under the names that the model gives them.</param>
/// <param name="Versions">The version of each level, in the order of the model's levels.</param>
public sealed record SequenceVersions(TensorSet Parameters, IReadOnlyList<long> Versions)
{
    /// <summary>Asks a cluster for all levels, one after the other: while it learns, they may be of different moments.</summary>
    /// <exception cref="UnknownModelException">There is no such model.</exception>
    public static async ValueTask<SequenceVersions> ReadAsync(
        ILearningCluster cluster, ModelId model, SequenceSpec spec, CancellationToken cancellationToken)
    {
        TensorSet parameters = [];
        List<long> versions = [];
        foreach (LevelSpec level in spec.Levels)
        {
            LevelVersion version = await cluster.GetVersionAsync(model, level.Id, cancellationToken);
            parameters.AddPart("", version.Tensors);
            versions.Add(version.Number);
        }

        return new SequenceVersions(parameters, versions);
    }
}
