using NestedLearning.Cli.Rendering;

namespace NestedLearning.Cli.Tests.Rendering;

public class ComparisonTableTests
{
    [Fact]
    public void Write_OursAndBaselines_AlignsPercentAndMarksOurs()
    {
        PlainConsole console = new();

        ComparisonTable.Write(console.Console, [
            new("nested", 0.9333, 0.0123, IsOurs: true),
            new("online [softmax]", 0.41, 0.5556),
            new("joint", 0.94, null),
        ]);

        Assert.Equal(
            [
                "",
                "  Model                Final accuracy, %   Average forgetting, %",
                "──────────────────────────────────────────────────────────────────",
                "  > nested                          93.3                     1.2",
                "    online [softmax]                41.0                    55.6",
                "    joint                           94.0                       –",
            ],
            console.Lines.Where((_, index) => index < 6));
    }
}
