namespace NestedLearning.Tiers;

/// <summary>The right to report about a shard. A number is given once, so a holder that was replaced is known.</summary>
/// <param name="Shard">Which shard, from 1.</param>
/// <param name="Worker">Whose it is, from 1.</param>
/// <param name="Number">Which lease of the run it is.</param>
public readonly record struct ShardLease(int Shard, int Worker, long Number)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"shard {Shard}, worker {Worker}, lease {Number}");
}
