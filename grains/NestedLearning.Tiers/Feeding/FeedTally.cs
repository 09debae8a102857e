namespace NestedLearning.Tiers;

/// <summary>What the receipts of one call add up to. What a lost answer said is missing from it.</summary>
internal sealed class FeedTally
{
    private int _learned;
    private int _correct;

    public void Add(FeedReceipt receipt)
    {
        _learned += receipt.Learned;
        _correct += receipt.Correct;
    }

    public FeedReceipt ToReceipt(Receipt marks) => new(marks, _learned, _correct);
}
