using NestedLearning.Models;

namespace NestedLearning.Simulation;

/// <summary>Made-up sentences of nine words, whose keys have about as many entries as those of short requests.</summary>
internal static class ScaleEvents
{
    private const int Words = 9;
    private const int Vocabulary = 3000;

    private static readonly string[] Syllables = ["ba", "co", "di", "fu", "ga", "le", "mi", "no", "pe", "ra", "si", "tu", "ve"];

    public static LearningEvent[] Make(int count, int classes)
    {
        Random random = new(1);
        return
        [
            .. Enumerable.Range(1, count).Select(i => new LearningEvent(
                i,
                new TextInput(string.Join(' ', Enumerable.Range(0, Words).Select(_ => Word(random.Next(Vocabulary))))),
                FormattableString.Invariant($"class-{i % classes}"))),
        ];
    }

    private static string Word(int number) => string.Concat(
        Syllables[number % 13], Syllables[number / 13 % 13], Syllables[number / 169 % 13]);
}
