using System.Text.RegularExpressions;

namespace NestedLearning.Models.Tests.Sequences.Tasks;

public partial class NeedleTests
{
    private static readonly ITokenizer Bytes = new ByteTokenizer();

    public static TheoryData<NeedleKind> Kinds => [.. Enum.GetValues<NeedleKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Draw_Texts_AreWellFormed(NeedleKind kind) => TaskAssert.IsWellFormed(new NeedleTask(Bytes, new NeedleSettings(500) { Kind = kind }));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Score_OfOneWhoFinds_Is1(NeedleKind kind) =>
        TaskAssert.IsAllRight(new NeedleTask(Bytes, new NeedleSettings(1024) { Kind = kind, Needles = 6 }), Find, chunk: 100);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Score_OfAConstantDigit_IsChance(NeedleKind kind)
    {
        NeedleTask task = new(Bytes, new NeedleSettings(400) { Kind = kind, Digits = 1 });
        Assert.Equal(0.1, task.Chance, 1e-12);
        TaskAssert.HasChance(task, ['3'], 0.03);
    }

    [Fact]
    public void Score_OfOneWhoMissesADigit_Is0()
    {
        NeedleTask task = new(Bytes, new NeedleSettings(400));
        TaskScore score = task.Score(task.ForTesting(5).Take(1), batch => new OracleReader(batch.Streams, text => text[^1] == ' ' ? Find(text) : 'x'));
        Assert.Equal(5, score.Answers);
        Assert.Equal(0, score.Correct);
        Assert.Equal(1e-5, score.Chance, 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void Draw_AtADepth_IsThere(double depth)
    {
        NeedleTask task = new(Bytes, new NeedleSettings(4000) { Kind = NeedleKind.MultiKey, Depth = depth });
        TaskBatch batch = task.ForTraining(10).First();
        for (int stream = 0; stream < 10; stream++)
        {
            string text = Bytes.Decode(batch.Tokens.Slice(stream * 4000, 4000).Span);
            Match question = Question().Match(text);
            int at = text.IndexOf($"\nThe number of {question.Groups["city"].Value} is ", StringComparison.Ordinal);

            // Other needles may be beside it.
            Assert.InRange(at, (depth * question.Index) - 200, (depth * question.Index) + 200);
        }
    }

    [Fact]
    public void Draw_AText_ReadsLikeThis()
    {
        NeedleTask task = new(Bytes, new NeedleSettings(180) { Digits = 3, Depth = 1 }, filler: "so ");
        TaskBatch batch = task.ForTraining(1).First();
        string number = Bytes.Decode(batch.Answers[0].Targets.Span);
        string text = Bytes.Decode(batch.Tokens.Span);
        Assert.Matches("^[0-9]{3}$", number);
        Assert.EndsWith($"\nThe pass key is {number}. Remember it. {number} is the pass key.\n\nWhat is the pass key? The pass key is {number[..2]}", text, StringComparison.Ordinal);
        Assert.Matches("^(o |so | )(so )+s?o?\n", text);
    }

    [Fact]
    public void Draw_64KTokens_HasAllNeedles()
    {
        NeedleTask task = new(Bytes, new NeedleSettings(65_536) { Kind = NeedleKind.MultiKey, Needles = 24 });
        string text = Bytes.Decode(task.ForTraining(1).First().Tokens.Span);
        Assert.Equal(24 + 1, Regex.Count(text, "\nThe number of "));
    }

    [Fact]
    public void Create_WhatDoesNotFit_IsRefused()
    {
        NeedleSettings wrong = new(1024) { Kind = (NeedleKind)7, Digits = 0, Needles = 25, Depth = 1.5 };
        Assert.Equal(5, Assert.Throws<InvalidTaskException>(() => new NeedleTask(Bytes, wrong, filler: "")).Violations.Count);
        Assert.StartsWith("Length is 20, accepted: ", Assert.Throws<InvalidTaskException>(() => new NeedleTask(Bytes, new NeedleSettings(20))).Violations[0], StringComparison.Ordinal);
        ITokenizer withoutZero = new CharacterTokenizer(NeedleTask.Filler + NeedleText.Characters[1..]);
        Assert.Equal('0', Assert.Throws<UnknownCharacterException>(() => new NeedleTask(withoutZero, new NeedleSettings(500))).Character.Value);
    }

    /// <summary>The next byte of the number that the question at the end asks for.</summary>
    private static int Find(int[] tokens)
    {
        string text = Bytes.Decode(tokens);
        string asked = Asked().Match(text).Groups["asked"].Value;
        string begun = text[(text.LastIndexOf(asked, StringComparison.Ordinal) + asked.Length)..];
        return text[text.IndexOf(asked, StringComparison.Ordinal) + asked.Length + begun.Length];
    }

    [GeneratedRegex("(?<asked>The (pass key|number of [A-Za-z]+) is )[0-9]*$")]
    private static partial Regex Asked();

    [GeneratedRegex("\nThe number of (?<city>[A-Za-z]+) is [0-9]*$")]
    private static partial Regex Question();
}
