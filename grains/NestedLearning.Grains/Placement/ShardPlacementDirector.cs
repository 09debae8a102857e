using System.Globalization;
using Orleans.Runtime.Placement;

namespace NestedLearning.Grains;

/// <summary>Silo <c>(hash(model/level) + shard) mod silos</c> of the silos in order.</summary>
internal sealed class ShardPlacementDirector : IPlacementDirector
{
    /// <summary>A level's owner and its other shards are grains of two types, and one row.</summary>
    private static readonly GrainType Level = GrainType.Create("level");

    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        SiloAddress[] silos = [.. context.GetCompatibleSilos(target).Order()];
        if (IPlacementDirector.GetPlacementHint(target.RequestContextData, silos) is { } hint)
        {
            return Task.FromResult(hint);
        }

        return Task.FromResult(silos[IndexOf(target.GrainIdentity, silos.Length)]);
    }

    private static int IndexOf(GrainId grain, int silos)
    {
        string key = grain.Key.ToString() ?? "";
        int slash = key.LastIndexOf('/');
        bool hasShard = uint.TryParse(key.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out uint shard);
        GrainId level = GrainId.Create(Level, slash > 0 && hasShard ? key[..slash] : key);
        return (int)((level.GetUniformHashCode() + (ulong)shard) % (ulong)silos);
    }
}
