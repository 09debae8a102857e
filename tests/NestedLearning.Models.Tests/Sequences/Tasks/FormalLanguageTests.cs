namespace NestedLearning.Models.Tests.Sequences.Tasks;

public class FormalLanguageTests
{
    public static TheoryData<FormalLanguage> All => [.. Enum.GetValues<FormalLanguage>()];

    [Theory]
    [MemberData(nameof(All))]
    public void Draw_Words_AreWellFormed(FormalLanguage language) => TaskAssert.IsWellFormed(new FormalLanguageTask(language, 40));

    [Theory]
    [MemberData(nameof(All))]
    public void Score_OfOneWhoCounts_Is1(FormalLanguage language) => TaskAssert.IsAllRight(new FormalLanguageTask(language, 40), word => Answer(language, word));

    [Theory]
    [MemberData(nameof(All))]
    public void Score_OfTheBestConstant_IsChance(FormalLanguage language)
    {
        FormalLanguageTask task = new(language, 30);
        TaskAssert.HasChance(task, Enumerable.Range(0, task.Vocabulary), 0.03);
    }

    [Theory]
    [InlineData(FormalLanguage.Parity, 7, 0.5)]
    [InlineData(FormalLanguage.Majority, 5, 0.5)]
    [InlineData(FormalLanguage.ModularArithmetic, 9, 0.2)]
    [InlineData(FormalLanguage.EvenPairs, 1, 1)] // The ends of one symbol are the same.
    [InlineData(FormalLanguage.EvenPairs, 4, 0.625)] // 1, then three times 1/2.
    [InlineData(FormalLanguage.CycleNavigation, 1, 1.0 / 3)]
    [InlineData(FormalLanguage.CycleNavigation, 3, ((1.0 / 3) + (1.0 / 3) + (7.0 / 27)) / 3)] // Back at the start by 1, 3 and 7 ways of 3, 9 and 27.
    [InlineData(FormalLanguage.Parity, 1 << 20, 0.5)]
    [InlineData(FormalLanguage.Majority, (1 << 20) - 1, 0.5)]
    public void Chance_OfSomeLengths_IsThatOfTheBestGuess(FormalLanguage language, int length, double expected) =>
        Assert.Equal(expected, new FormalLanguageTask(language, length).Chance, 1e-9);

    [Fact]
    public void Draw_ModularArithmetic_HasDigitsAndSignsInTurn()
    {
        TaskBatch batch = new FormalLanguageTask(FormalLanguage.ModularArithmetic, 9).ForTraining(1).First();
        Assert.All(Enumerable.Range(0, 9), i => Assert.InRange(batch.Tokens.Span[i], i % 2 == 0 ? 0 : 5, i % 2 == 0 ? 4 : 6));
        Assert.Equal([0, 2, 4, 6, 8], batch.Answers.Select(answer => answer.Position));
    }

    [Fact]
    public void Create_WhatThereIsNot_IsRefused()
    {
        InvalidTaskException error = Assert.Throws<InvalidTaskException>(() => new FormalLanguageTask((FormalLanguage)9, 0));
        Assert.Equal(["language is 9, accepted: Parity, EvenPairs, CycleNavigation, ModularArithmetic, Majority", "length is 0, accepted: 1 to 1048576"], error.Violations);
    }

    /// <summary>The answer from the whole word, without a machine.</summary>
    private static int Answer(FormalLanguage language, int[] word) => language switch
    {
        FormalLanguage.Parity => 2 + (word.Sum() % 2),
        FormalLanguage.EvenPairs => 2 + (word.Zip(word.Skip(1)).Count(pair => pair.First != pair.Second) % 2),
        FormalLanguage.CycleNavigation => 3 + ((word.Sum(step => step - 1) + (5 * word.Length)) % 5),
        FormalLanguage.ModularArithmetic => 7 + (((word[0] + Enumerable.Range(1, word.Length / 2).Sum(i => word[(2 * i) - 1] == 5 ? word[2 * i] : -word[2 * i])) % 5 + 5) % 5),
        _ => 2 + (2 * word.Sum() > word.Length ? 1 : 0),
    };
}
