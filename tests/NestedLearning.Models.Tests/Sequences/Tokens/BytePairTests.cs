using System.Text;
using System.Text.Json;

namespace NestedLearning.Models.Tests.Sequences.Tokens;

public class BytePairTests
{
    private static readonly string[] Tokens = [.. ByteLetters.All, "th", "the", "Ġthe", "Ã¼"];
    private static readonly string[] Merges = ["t h", "th e", "Ġ the", "Ã ¼"];

    public static BytePairTokenizer Small => new(Tokens, Merges);

    [Fact]
    public void Encode_Texts_TakesMergesInTheirOrder()
    {
        Assert.Equal([257, 258, 'n', ' ', 256, 'a', 't'], Small.Encode("the then that"));
        Assert.Equal(['t', 259, 'r', '\n', '\n', 0], Small.Encode("tür\n\n\0"));
    }

    [Theory]
    [InlineData("the then  that\r\n\t tür 12,345.6's")]
    [InlineData("東京 🙂 \0\u00AD\u00A0")]
    public void Decode_OfEncode_IsTheText(string text)
    {
        ITokenizer tokenizer = Small;
        Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
        Assert.Equal(Encoding.UTF8.GetByteCount(text), tokenizer.CountBytes(tokenizer.Encode(text)));
    }

    [Fact]
    public void Read_PublishedFiles_IsTheSameTokenizer()
    {
        string vocabulary = JsonSerializer.Serialize(Tokens.Select((token, number) => KeyValuePair.Create(token, number)).Reverse().ToDictionary());
        BytePairTokenizer tokenizer = Read(vocabulary, "#version: 0.2\r\n" + string.Join("\r\n", Merges) + "\r\n");
        Assert.Equal(260, tokenizer.Vocabulary);
        Assert.Equal(Small.Encode("the then that tür"), tokenizer.Encode("the then that tür"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"a\": \"b\"}")]
    [InlineData("{\"a\": 1}")]
    [InlineData("{\"a\": 0}")]
    public void Read_WhatIsNoVocabulary_IsRefused(string vocabulary) => Assert.Throws<InvalidTokenizerException>(() => Read(vocabulary, ""));

    [Fact]
    public void Create_WhatDoesNotFit_IsRefused()
    {
        Assert.Contains("261 tokens of which 260", Refused([.. Tokens, "the"], Merges), StringComparison.Ordinal);
        Assert.Contains("a byte that is no token", Refused(Tokens[1..], Merges), StringComparison.Ordinal);
        Assert.Contains("the token 'a b'", Refused([.. Tokens, "a b"], Merges), StringComparison.Ordinal);
        Assert.Contains("the merge 'a b'", Refused(Tokens, ["a b"]), StringComparison.Ordinal);
        Assert.Contains("the merge 'th'", Refused(Tokens, ["th"]), StringComparison.Ordinal);
    }

    private static string Refused(string[] tokens, string[] merges) => Assert.Throws<InvalidTokenizerException>(() => new BytePairTokenizer(tokens, merges)).Message;

    private static BytePairTokenizer Read(string vocabulary, string merges) =>
        BytePairFiles.Read(new MemoryStream(Encoding.UTF8.GetBytes(vocabulary)), new MemoryStream(Encoding.UTF8.GetBytes(merges)));
}
