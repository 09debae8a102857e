using System.Globalization;
using NestedLearning.Cli.Rendering;

namespace NestedLearning.Cli.Tests.Rendering;

public class FiguresTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "0.98 KiB")]
    [InlineData(1536, "1.50 KiB")]
    [InlineData(360 * 1024, "360 KiB")]
    [InlineData(1023 * 1024, "1.00 MiB")]
    [InlineData(12_345_678_901, "11.5 GiB")]
    [InlineData(-2048, "-2.00 KiB")]
    [InlineData(long.MaxValue, "8192 PiB")]
    public void Bytes_AnySize_HasThreeDigits(long bytes, string expected) => Assert.Equal(expected, Figures.Bytes(bytes));

    [Theory]
    [InlineData(0.9333, "93.3")]
    [InlineData(-0.01, "-1.0")]
    [InlineData(-0.0001, "0.0")]
    [InlineData(1.0, "100.0")]
    [InlineData(null, "–")]
    [InlineData(double.NaN, "–")]
    public void Percent_Fraction_HasOneDecimal(double? fraction, string expected) =>
        Assert.Equal(expected, Figures.Percent(fraction));

    [Theory]
    [InlineData(0.25, "250 ms")]
    [InlineData(0.9999, "1.0 s")]
    [InlineData(59.94, "59.9 s")]
    [InlineData(65, "1 min 05 s")]
    [InlineData(7800, "2 h 10 min")]
    public void Duration_AnyLength_IsInItsLargestUnits(double seconds, string expected) =>
        Assert.Equal(expected, Figures.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Rate_NoTime_IsUnknown()
    {
        Assert.Equal(Figures.None, Figures.Rate(5, TimeSpan.Zero));
        Assert.Equal("2.5/s", Figures.Rate(5, TimeSpan.FromSeconds(2)));
        Assert.Equal("12,345/s", Figures.Rate(12_345, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void All_ForeignCulture_AreTheSame()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } };
        try
        {
            Assert.Equal(("50.5", "1,234", "1.50 KiB"), (Figures.Percent(0.505), Figures.Count(1234), Figures.Bytes(1536)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
