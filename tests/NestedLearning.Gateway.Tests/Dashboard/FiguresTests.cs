using NestedLearning.Gateway.Dashboard.Parts;

namespace NestedLearning.Gateway.Tests.Dashboard;

/// <summary>Numbers as pages write them.</summary>
public sealed class FiguresTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.00 KiB")]
    [InlineData(15_700, "15.3 KiB")]
    [InlineData(700_000, "684 KiB")]
    [InlineData(6_994_000, "6.67 MiB")]
    public void Bytes_AnyNumber_HasThreeDigitsOrSo(long bytes, string text) => Assert.Equal(text, Figures.Bytes(bytes).Replace('\u00A0', ' '));

    [Theory]
    [InlineData(0.2, "now")]
    [InlineData(-0.2, "now")]
    [InlineData(1.9, "1 s ago")]
    [InlineData(59.9, "59 s ago")]
    [InlineData(61, "1 min ago")]
    [InlineData(7200, "2 h ago")]
    [InlineData(200_000, "2 d ago")]
    [InlineData(-3700, "in 1 h")]
    public void Ago_AnyTime_CountsInItsLargestUnit(double seconds, string text) =>
        Assert.Equal(text, Figures.Ago(Now.AddSeconds(-seconds), Now).Replace('\u00A0', ' '));

    [Theory]
    [InlineData(0, 4)]
    [InlineData(3, 4)]
    [InlineData(5, 8)]
    [InlineData(2_400, 4_000)]
    [InlineData(8_001, 20_000)]
    [InlineData(39_000, 40_000)]
    [InlineData(1_234_567, 2_000_000)]
    public void Counts_AnyLargest_EndAtARoundNumberAbove(double largest, double top) => Assert.Equal(top, ChartTick.Counts(largest).Top);

    [Theory]
    [InlineData(null, "heat-none")]
    [InlineData(0.0, "heat-0")]
    [InlineData(0.999, "heat-9")]
    [InlineData(1.0, "heat-9")]
    public void Heat_AnyFraction_HasItsStep(double? fraction, string style) => Assert.Equal(style, Heat.ClassOf(fraction));

    [Fact]
    public void ChartLine_WithAGap_IsDrawnInParts()
    {
        ChartLine line = new("x", 1, [new(0, 0), new(0.5, 1), new(0.6, null), new(0.7, 0.5), new(1, 0.25)]);

        Assert.Equal("M0 100L50 0M70 50L100 75", line.Path());
        Assert.Equal("", line.Area());
        Assert.Equal("M100 75h0", line.End());
    }
}
