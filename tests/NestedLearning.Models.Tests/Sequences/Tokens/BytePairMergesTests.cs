using NestedLearning.Models.Tests.Evaluation;
using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Sequences.Tokens;

public class BytePairMergesTests
{
    [Fact]
    public void Learn_OneWord_MergesTheMostFrequentPairs()
    {
        // aaabdaaabac: aa is there 4 times, then ab and (aa)a twice each, of which ab is older, then (aa)(ab).
        Assert.Equal(["a a", "a b", "aa ab"], MergesOf("aaabdaaabac", 1000));
        Assert.Equal(["a a"], MergesOf("aaabdaaabac", 257));
        Assert.Equal([258, 'd', 258, 'a', 'c'], BytePairMerges.Learn("aaabdaaabac", 1000).Encode("aaabdaaabac"));
    }

    [Fact]
    public void Learn_SeveralWords_CountsEachAsOftenAsItIsThere() =>
        Assert.Equal(["Ġ o", "Ġo f"], MergesOf("in it on of of of", 258));

    [Fact]
    public void Learn_NoPairTwice_HasTheBytesAlone() => Assert.Equal(256, BytePairMerges.Learn("a b c", 300).Vocabulary);

    [Fact]
    public void Learn_AnyText_IsThatOfCountingAnew()
    {
        Random random = new(5);
        string text = string.Concat(Enumerable.Range(0, 600).Select(_ => "abcd "[random.Next(5)]));
        string[] merges = [.. MergesOf(text, 300)];
        Assert.InRange(merges.Length, 30, 60);
        Assert.Equal(CountAnew(text, merges.Length), merges);
    }

    [Theory]
    [InlineData(255)]
    [InlineData((1 << 20) + 1)]
    public void Learn_VocabularyOutOfRange_IsRefused(int vocabulary) =>
        Assert.Contains("256 to 1048576", Assert.Throws<InvalidTokenizerException>(() => BytePairMerges.Learn("aa", vocabulary)).Message, StringComparison.Ordinal);

    [DataFact]
    public void Learn_TinyShakespeare_NeedsAboutHalfTheTokens()
    {
        string text = File.ReadAllText(Path.Combine(SharedData.Folder!, "tinyshakespeare.txt"))[..200_000];
        ITokenizer tokenizer = BytePairMerges.Learn(text, 512);
        int[] tokens = tokenizer.Encode(text);
        Assert.Equal(512, tokenizer.Vocabulary);
        Assert.Equal(text, tokenizer.Decode(tokens));
        Assert.InRange(tokens.Length, 0, text.Length * 11 / 20);
    }

    private static IReadOnlyList<string> MergesOf(string text, int vocabulary) =>
        BytePairMerges.Learn(text, vocabulary).Save().Get<TextTensor>("tokenizer/merges").Texts;

    /// <summary>The same without any bookkeeping: words as lists of texts, counted again for each merge.</summary>
    private static List<string> CountAnew(string text, int count)
    {
        List<string>[] words = [.. BytePairTokenizer.Words().Matches(text).Select(match => match.Value.Select(letter => letter == ' ' ? "Ġ" : letter.ToString()).ToList())];
        List<string> ages = [.. ByteLetters.All];
        List<string> merges = [];
        while (merges.Count < count)
        {
            (string left, string right) = words
                .SelectMany(word => word.Zip(word.Skip(1)))
                .GroupBy(pair => pair)
                .OrderByDescending(same => same.Count())
                .ThenBy(same => ages.IndexOf(same.Key.First))
                .ThenBy(same => ages.IndexOf(same.Key.Second))
                .First().Key;
            merges.Add($"{left} {right}");
            ages.Add(left + right);
            foreach (List<string> word in words)
            {
                for (int i = 0; i + 1 < word.Count; i++)
                {
                    if (word[i] == left && word[i + 1] == right)
                    {
                        word[i] = left + right;
                        word.RemoveAt(i + 1);
                    }
                }
            }
        }

        return merges;
    }
}
