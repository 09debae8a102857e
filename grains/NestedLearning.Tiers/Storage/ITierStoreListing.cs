namespace NestedLearning.Tiers;

/// <summary>
/// A store that can say what it holds, for inspection and for tests. The tiers know their keys and do without: not every
/// storage can list.
/// </summary>
public interface ITierStoreListing
{
    /// <summary>The keys below a prefix, in ordinal order.</summary>
    IAsyncEnumerable<StateKey> ListAsync(string prefix, CancellationToken cancellationToken);
}
