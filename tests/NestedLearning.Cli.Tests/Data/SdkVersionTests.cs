using NestedLearning.Cli.Data;

namespace NestedLearning.Cli.Tests.Data;

public class SdkVersionTests
{
    [Theory]
    [InlineData("10.0.100", "10.0.401")]
    [InlineData("10.0.99", "10.0.100")]
    [InlineData("10.0.100-preview.7.25380.108", "10.0.100-rc.1.25451.107")]
    [InlineData("10.0.100-rc.2.25502.107", "10.0.100")]
    [InlineData("10.0.100-rc.2.9", "10.0.100-rc.2.10")]
    [InlineData("nonsense", "10.0.100")]
    public void CompareTo_OlderAndNewer_OrdersThem(string older, string newer)
    {
        Assert.True(SdkVersion.Parse(older).CompareTo(SdkVersion.Parse(newer)) < 0);
        Assert.True(SdkVersion.Parse(newer).CompareTo(SdkVersion.Parse(older)) > 0);
        Assert.Equal(0, SdkVersion.Parse(newer).CompareTo(SdkVersion.Parse(newer)));
    }
}
