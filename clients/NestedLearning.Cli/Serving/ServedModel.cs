using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Serving;

/// <summary>A model on a server that is to be there.</summary>
internal static class ServedModel
{
    /// <summary>Makes it where the server does not have it.</summary>
    public static async Task EnsureAsync(ILearningCluster cluster, ModelId model, ModelSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await cluster.GetLevelsAsync(model, cancellationToken);
        }
        catch (UnknownModelException)
        {
            await cluster.CreateModelAsync(model, settings.Spec, settings.Policy, cancellationToken);
        }
        catch (AccessDeniedException)
        {
            // The key may be one that teaches and makes no models. Where there is none, or the key is no key, feeding says so.
        }
    }
}
