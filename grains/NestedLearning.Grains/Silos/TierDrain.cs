namespace NestedLearning.Grains;

/// <summary>Lets a silo hand over what it holds before it stops.</summary>
public sealed class TierDrain
{
    private readonly SiloTiers _tiers;

    internal TierDrain(SiloTiers tiers) => _tiers = tiers;

    /// <summary>Whether it has begun: the silo takes no more calls.</summary>
    public bool HasBegun => _tiers.IsStopping;

    /// <summary>
    /// Takes no more calls, saves every memory, folds what is due, and stops the rest; callers go on with the next silo.
    /// </summary>
    /// <exception cref="NestedLearning.Tiers.StoreException">A memory could not be saved; everything is stopped all the same.</exception>
    public Task DrainAsync() => _tiers.DrainAsync();
}
