namespace NestedLearning.Tiers;

/// <summary>What the receipts of one call add up to. What a lost answer said is missing from it.</summary>
internal sealed class FeedTally
{
    private FeedReceipt _sum;

    public void Add(FeedReceipt receipt) => _sum = _sum.Then(receipt);

    public FeedReceipt ToReceipt(Receipt marks) => _sum with { Marks = marks };
}
