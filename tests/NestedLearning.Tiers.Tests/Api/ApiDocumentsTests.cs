using System.Text.Json;
using NestedLearning.Models;

namespace NestedLearning.Tiers.Tests.Api;

public class ApiDocumentsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(49_570)] // 0.004957 s is a little less in float64
    [InlineData(864_000_000_001)]
    public void ToStatus_OfALevel_HasItsTimeToTheTick(long ticks)
    {
        LevelStatus status = new(new LevelId("slow"), 1, 2, 3, 4, new Traffic(5, 6), TimeSpan.FromTicks(ticks));
        Assert.Equal(status, LevelDocument.From(status).ToStatus());
    }

    [Fact]
    public void ToReceipt_OfAReceipt_IsTheSame()
    {
        FeedReceipt receipt = new(new Receipt(9, 4), 5, 0) { Loss = 2.5, CodeLength = new CodeLength(300, 100), NotDurable = 7 };

        Assert.Equal(receipt, ReceiptDocument.From(receipt).ToReceipt());
    }

    [Fact]
    public void ReceiptDocument_OfAClassifierWhoseEventsAreDurable_HasNothingOfSequences() => Assert.Equal(
        """{"appliedThrough":9,"durableThrough":9,"learned":5,"correct":3}""",
        JsonSerializer.Serialize(ReceiptDocument.From(new FeedReceipt(new Receipt(9, 9), 5, 3)), ApiJson.Default.ReceiptDocument));
}
