namespace NestedLearning.Models.Tests.Sequences.Generation;

public class StopTextsTests
{
    [Theory]
    [InlineData("one two", "two", "one ")]
    [InlineData("aab", "ab", "a")]
    [InlineData("ababac", "abac", "ab")]
    [InlineData("stop", "stop", "")]
    [InlineData("no such", "stop", "no such")]
    [InlineData("ends in st", "stop", "ends in st")]
    public void Add_LetterByLetter_GivesWhatIsBeforeTheStop(string text, string stop, string expected)
    {
        StopTexts stops = new([stop, "never"]);
        string given = "";
        foreach (char letter in text)
        {
            if (!stops.HasCome)
            {
                given += stops.Add(letter.ToString());
            }
        }

        Assert.Equal(expected, given + stops.End());
        Assert.Equal(text.Contains(stop, StringComparison.Ordinal), stops.HasCome);
    }

    [Fact]
    public void Add_TwoThatCome_EndsBeforeTheFirst()
    {
        StopTexts stops = new(["d", "bc"]);
        Assert.Equal("a", stops.Add("abcd"));
        Assert.Equal("", stops.End());
    }

    [Fact]
    public void Add_WithoutStops_HoldsNothing() => Assert.Equal("ab", new StopTexts([]).Add("ab"));
}
