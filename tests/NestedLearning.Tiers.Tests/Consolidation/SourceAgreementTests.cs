using NestedLearning.Models;

namespace NestedLearning.Tiers.Tests.Consolidation;

public class SourceAgreementTests
{
    [Theory]
    [InlineData(100, 90, 95, false)]
    [InlineData(100, 50, 95, false)]
    [InlineData(100, 38, 95, false)] // chance may explain 10 of 100
    [InlineData(100, 37, 95, true)]
    [InlineData(100, 1, 95, true)]
    [InlineData(10, 2, 10, false)]
    [InlineData(10, 1, 10, true)]
    [InlineData(4, 0, 4, false)] // too few to tell
    [InlineData(100, 0, 12, false)] // the parent hardly knows these labels
    [InlineData(0, 0, 0, false)]
    public void IsBelow_Half_LeavesRoomForChance(int events, int right, double expected, bool isBelow) =>
        Assert.Equal(isBelow, new SourceAgreement(new SourceId("s"), events, right, expected).IsBelow(0.5));

    [Fact]
    public void Ratio_NothingExpected_IsLikeTheOthers() => Assert.Equal(1, new SourceAgreement(new SourceId("s"), 3, 0, 0).Ratio);
}
