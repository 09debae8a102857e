using System.Text;
using System.Text.RegularExpressions;

namespace NestedLearning.Models.Tests.Text;

public sealed class WordBufferTests
{
    [Theory]
    [InlineData("What's my balance?", "whats my balance")]
    [InlineData("DON\u2019T  stop_me", "dont stop me")]
    [InlineData("\u00c9t\u00e9 3rd x2", "\u00e9t\u00e9 3rd x2")]
    [InlineData("\ud835\udc9c\ud83d\ude00\ud842\udfb7", "\ud835\udc9c \ud842\udfb7")]
    [InlineData("a\ud800b", "a b")]
    [InlineData(" '?! ", "")]
    public void Words_OfText_LowerCaseRuns(string text, string expected)
    {
        using var words = new WordBuffer(text);

        Assert.Equal(expected, Join(words));
    }

    [Fact]
    public void IsWordScalar_EveryScalarOfThePlane_AgreesWithRegex()
    {
        var word = new Regex(@"^[^\W_]$", RegexOptions.CultureInvariant);
        for (int value = 0; value <= char.MaxValue; value++)
        {
            if (Rune.IsValid(value))
            {
                Assert.True(word.IsMatch(((char)value).ToString()) == WordBuffer.IsWordScalar(new Rune(value)), $"U+{value:X4}");
            }
        }
    }

    [Fact]
    public void Words_ManyOneLetterWords_FitTheBuffers()
    {
        string text = string.Join(' ', Enumerable.Repeat("\u6771", 5_000));
        using var words = new WordBuffer(text);

        Assert.Equal(text, Join(words));
    }

    private static string Join(in WordBuffer words)
    {
        var all = new List<string>();
        for (int i = 0; i < words.Count; i++)
        {
            all.Add(Encoding.UTF8.GetString(words[i]));
        }

        return string.Join(' ', all);
    }
}
