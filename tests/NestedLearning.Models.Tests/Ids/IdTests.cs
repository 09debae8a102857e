using FsCheck;
using FsCheck.Fluent;

namespace NestedLearning.Models.Tests.Ids;

public class IdTests
{
    private const string Accepted = "abcdefghijklmnopqrstuvwxyz0123456789-";

    private static readonly (string Kind, int Length, Func<string, object> Parse)[] Kinds =
    [
        ("model", 64, text => new ModelId(text)),
        ("level", 64, text => new LevelId(text)),
        ("tenant", 128, text => new TenantId(text)),
        ("source", 128, text => new SourceId(text)),
        ("schedule", 64, text => new ScheduleId(text)),
    ];

    [Fact]
    public void Parse_WordsOfTheGrammar_AreAccepted() =>
        Prop.ForAll(Gen.Elements(Accepted.ToCharArray()).NonEmptyListOf().ToArbitrary(), letters =>
            Kinds.All(kind => letters.Count > kind.Length || kind.Parse(string.Concat(letters)).ToString() == string.Concat(letters)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Parse_OneLetterOutsideTheGrammar_IsRefused() =>
        Prop.ForAll<char, byte>((letter, place) => Accepted.Contains(letter) || Kinds.All(kind =>
            Refused(kind.Parse, "abcde".Insert(place % 6, letter.ToString()))))
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("a b")]
    [InlineData("../a")]
    [InlineData("a/b")]
    [InlineData("a\0")]
    [InlineData("é")]
    [InlineData("٣")] // a digit, but not of ours
    public void Parse_NotOfTheGrammar_IsRefused(string? text) => Assert.All(Kinds, kind => Assert.True(Refused(kind.Parse, text!)));

    [Fact]
    public void Parse_Length_IsLimitedByKind() => Assert.All(Kinds, kind =>
    {
        Assert.Equal(new string('a', kind.Length), kind.Parse(new string('a', kind.Length)).ToString());
        InvalidIdException error = Assert.Throws<InvalidIdException>(() => kind.Parse(new string('a', kind.Length + 1)));
        Assert.Equal((kind.Kind, new string('a', kind.Length + 1)), (error.Kind, error.Value));
        Assert.InRange(error.Message.Length, 1, 200);
    });

    [Fact]
    public void Ids_OfTheSameText_AreEqual()
    {
        Assert.Equal(new ModelId("a"), new ModelId(string.Concat("", "a")));
        Assert.NotEqual(new ModelId("a"), new ModelId("b"));
        Assert.Equal("", default(ModelId).Value);
    }

    private static bool Refused(Func<string, object> parse, string text)
    {
        try
        {
            parse(text);
            return false;
        }
        catch (InvalidIdException)
        {
            return true;
        }
    }
}
