using NestedLearning.Cli.Rendering;

namespace NestedLearning.Cli.Tests.Rendering;

public class ColorScaleTests
{
    [Theory]
    [InlineData(-1, "#440154")]
    [InlineData(0, "#440154")]
    [InlineData(0.5, "#21908c")]
    [InlineData(1, "#fde725")]
    [InlineData(2, "#fde725")]
    public void At_KnownPlaces_IsViridis(double value, string expected) =>
        Assert.Equal(expected, ColorScale.At(value).ToString());

    [Fact]
    public void At_RisingValues_GrowsLighterAndStaysReadable()
    {
        double last = 0;
        for (int percent = 0; percent <= 100; percent++)
        {
            Rgb color = ColorScale.At(percent / 100.0);
            double contrastToBlack = color.Contrast(new Rgb(0, 0, 0));
            Assert.True(contrastToBlack > last, $"darker at {percent} %");
            Assert.True(color.Contrast(color.Readable) >= 4, $"hard to read at {percent} %");
            last = contrastToBlack;
        }
    }
}
