using System.Globalization;
using System.Xml.Linq;
using NestedLearning.Cli.Rendering;

namespace NestedLearning.Cli.Tests.Rendering;

public class HeatMapSvgTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(30)]
    [InlineData(100)]
    public void Draw_AnyTasks_IsXmlWithEveryValueAndTask(int tasks)
    {
        AccuracyGrid grid = Grids.Fading(tasks);

        XElement picture = Parse(HeatMapSvg.Draw("Title", grid));

        HashSet<string> values = [.. picture.Descendants(Svg + "g").Elements(Svg + "title").Select(title => title.Value)];
        for (int task = 0; task < tasks; task++)
        {
            for (int after = task; after < tasks; after++)
            {
                string percent = $"{Math.Max(0, 95 - (after - task))}.0";
                Assert.Contains($"task-{task + 1} after task-{after + 1}: {percent} %", values);
            }
        }

        Assert.Equal(tasks * (tasks + 1) / 2, values.Count);
    }

    [Fact]
    public void Draw_TwoGrids_StandSideBySideInsideThePicture()
    {
        XElement picture = Parse(HeatMapSvg.Draw("Two models", Grids.Fading(10), Grids.Fading(10)));

        double width = Number(picture, "width");
        double height = Number(picture, "height");
        Assert.Equal($"0 0 {picture.Attribute("width")!.Value} {picture.Attribute("height")!.Value}", picture.Attribute("viewBox")!.Value);
        Assert.All(picture.Descendants(Svg + "rect"), rectangle =>
        {
            Assert.InRange(Number(rectangle, "x") + Number(rectangle, "width"), 0, width);
            Assert.InRange(Number(rectangle, "y") + Number(rectangle, "height"), 0, height);
        });
        Assert.Equal(2, Texts(picture).Count(text => text == "Fading"));
        Assert.Equal(3, Texts(picture).Count(text => text == "task-3"));
    }

    [Fact]
    public void Draw_NamesThatXmlCannotHoldAsTheyAre_AreEscapedOrReplaced()
    {
        AccuracyGrid grid = new("a < b & \"c\"", ["<script>", "bell \a", "half \ud800", "\U0001F600"], new double?[4][]
        {
            [1, 1, 1, 1], [null, 1, 1, 1], [null, null, 1, 1], [null, null, null, double.NaN],
        });

        XElement picture = Parse(HeatMapSvg.Draw("]]> & more", grid));

        string[] texts = [.. Texts(picture)];
        Assert.Contains("]]> & more", texts);
        Assert.Contains("a < b & \"c\"", texts);
        Assert.Contains("<script>", texts);
        Assert.Contains("bell ?", texts);
        Assert.Contains("half ?", texts);
        Assert.Contains("\U0001F600", texts);
        Assert.Empty(picture.Descendants(Svg + "script"));
    }

    [Fact]
    public void Draw_LongNameAndTitle_AreCutOrFit()
    {
        string name = new('n', 300);
        string title = new('t', 200);

        XElement picture = Parse(HeatMapSvg.Draw(title, new AccuracyGrid("Nested", [name], [[0.5]])));

        Assert.Contains(Texts(picture), text => text.StartsWith("nnn") && text.EndsWith('…') && text.Length < 40);
        Assert.Contains($"{name} after {name}: 50.0 %", picture.Descendants(Svg + "title").Select(element => element.Value));
        Assert.True(Number(picture, "width") > 1800);
    }

    [Fact]
    public void Draw_NothingFromOutside_StandsAlone()
    {
        string picture = HeatMapSvg.Draw("Title", Grids.Three);

        Assert.DoesNotContain("href", picture);
        Assert.DoesNotContain("<style", picture);
        Assert.Equal(1, picture.Split("http").Length - 1);
    }

    [Fact]
    public void Draw_GridsOfDifferentSize_IsRefused() =>
        Assert.Throws<ArgumentException>(() => HeatMapSvg.Draw("Title", Grids.Fading(2), Grids.Fading(3)));

    private static XElement Parse(string picture)
    {
        XElement root = XDocument.Parse(picture).Root!;
        Assert.Equal(Svg + "svg", root.Name);
        return root;
    }

    private static IEnumerable<string> Texts(XElement picture) =>
        picture.Descendants(Svg + "text").Select(text => text.Value);

    private static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
