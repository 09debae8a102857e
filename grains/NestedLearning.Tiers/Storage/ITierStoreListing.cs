namespace NestedLearning.Tiers;

/// <summary>
/// A store that can say what it holds: what is left of something that is to go for good, and for inspection. Else the tiers know their
/// keys and do without, as not every storage can list.
/// </summary>
public interface ITierStoreListing
{
    /// <summary>The keys below a prefix, in ordinal order.</summary>
    IAsyncEnumerable<StateKey> ListAsync(string prefix, CancellationToken cancellationToken);
}
