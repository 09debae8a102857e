using System.Text;
using NestedLearning.Models.Tests.Evaluation;
using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Sequences.Tokens;

public class TokenizerTests
{
    private const string Text = "naïve Zürich, 東京 🙂\n";

    public static TheoryData<ITokenizer> All => [new ByteTokenizer(), new CharacterTokenizer(Text), BytePairTests.Small];

    [Theory]
    [MemberData(nameof(All))]
    public void Decode_OfEncode_IsTheText(ITokenizer tokenizer)
    {
        int[] tokens = tokenizer.Encode(Text);
        Assert.All(tokens, token => Assert.InRange(token, 0, tokenizer.Vocabulary - 1));
        Assert.Equal(Text, tokenizer.Decode(tokens));
        Assert.Equal(Encoding.UTF8.GetByteCount(Text), tokenizer.CountBytes(tokens));
        Assert.Empty(tokenizer.Encode(""));
        Assert.Equal("", tokenizer.Decode());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Load_OfSave_EncodesTheSame(ITokenizer tokenizer)
    {
        ITokenizer loaded = SavedTokenizer.Load(tokenizer.Save());
        Assert.Equal(tokenizer.Name, loaded.Name);
        Assert.Equal(tokenizer.Vocabulary, loaded.Vocabulary);
        Assert.Equal(tokenizer.Encode(Text), loaded.Encode(Text));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void BytesOf_NoSuchToken_NamesItAndTheRange(ITokenizer tokenizer)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Decode(-1));
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Decode(tokenizer.Vocabulary));
        Assert.Equal(tokenizer.Vocabulary, error.ActualValue);
        Assert.Contains($"0 to {tokenizer.Vocabulary - 1}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_Bytes_AreThoseOfUtf8() => Assert.Equal([0x7A, 0xC3, 0xBC, 0xF0, 0x9F, 0x99, 0x82], new ByteTokenizer().Encode("zü🙂"));

    [Fact]
    public void Decode_CutCharacters_BecomeReplacements()
    {
        ITokenizer tokenizer = new ByteTokenizer();
        Assert.Equal("a\uFFFD", tokenizer.Decode('a', 0xF0, 0x9F, 0x99));
        Assert.Equal("\uFFFDb", tokenizer.Decode(0xBC, 'b'));
        Assert.Equal("\uFFFDb", tokenizer.Decode(0xC3, 'b'));
    }

    [Fact]
    public void Decode_InPieces_GivesACharacterWhenItEnds()
    {
        TextDecoder decoder = new();
        byte[] bytes = Encoding.UTF8.GetBytes("ü🙂b");
        Assert.Equal(["", "ü", "", "", "", "🙂", "b"], bytes.Select(value => decoder.Decode([value])));
        Assert.Equal("", decoder.End());

        Assert.Equal("", decoder.Decode([0xE6, 0x9D]));
        TextDecoder next = new(decoder.Begun);
        Assert.Equal("東", next.Decode([0xB1]));
        Assert.Equal("\uFFFD", decoder.End());
        Assert.True(decoder.Begun.IsEmpty);
    }

    [Fact]
    public void Vocabulary_Characters_AreInOrderOfTheirCodePoints()
    {
        // In UTF-16 the face, a surrogate pair, is before U+FF5E.
        ITokenizer tokenizer = new CharacterTokenizer("b🙂～ab");
        Assert.Equal([0, 1, 2, 3], tokenizer.Encode("ab～🙂"));
        Assert.Equal(4, tokenizer.Vocabulary);
    }

    [Fact]
    public void Encode_UnknownCharacter_IsNamedWithItsPlace()
    {
        ITokenizer tokenizer = new CharacterTokenizer("ab🙂");
        UnknownCharacterException error = Assert.Throws<UnknownCharacterException>(() => tokenizer.Encode("a🙂éb"));
        Assert.Equal(new Rune('é'), error.Character);
        Assert.Equal(3, error.Position);
        Assert.Equal("The character 'é' (U+00E9) at position 3 has no token; accepted are the 3 characters of the training text.", error.Message);
        Assert.Contains("U+000A at", Assert.Throws<UnknownCharacterException>(() => tokenizer.Encode("\n")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_FromTooFewCharacters_IsRefused() =>
        Assert.Contains("2 or more", Assert.Throws<InvalidTokenizerException>(() => new CharacterTokenizer("aaa")).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_WhatIsNoTokenizer_IsRefused()
    {
        Assert.Throws<TensorMissingException>(() => SavedTokenizer.Load([]));
        Assert.Throws<TensorMissingException>(() => SavedTokenizer.Load([new TextTensor("tokenizer", ["characters"])]));
        Assert.Contains("'words'", Assert.Throws<InvalidTokenizerException>(() => SavedTokenizer.Load([new TextTensor("tokenizer", ["words"])])).Message, StringComparison.Ordinal);
    }

    [DataFact]
    public void Vocabulary_OfTinyShakespeare_Is65()
    {
        string text = File.ReadAllText(Path.Combine(SharedData.Folder!, "tinyshakespeare.txt"));
        ITokenizer tokenizer = new CharacterTokenizer(text);
        Assert.Equal(65, tokenizer.Vocabulary);
        Assert.Equal("\n !$&',-.3:;?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", tokenizer.Decode([.. Enumerable.Range(0, 65)]));
        Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
    }
}
