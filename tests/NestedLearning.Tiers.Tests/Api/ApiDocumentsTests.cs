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
}
