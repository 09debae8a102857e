using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>The shards of levels that work on other machines than the levels' owners.</summary>
public interface ILevelShards
{
    /// <summary>
    /// Lets a shard add up a part of a round. A part that stays as it is, because no shard was there for it, the owner adds up itself: so
    /// nothing depends on a shard but the time that a fold takes.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="level">The level.</param>
    /// <param name="part">Its part, whose <see cref="RoundPart.Shard"/> is not the owner's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask AddUpAsync(ModelId model, LevelId level, RoundPart part, CancellationToken cancellationToken);
}
