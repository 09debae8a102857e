namespace NestedLearning.Models;

/// <summary>What is hidden in one text.</summary>
/// <param name="Needles">The sentences that are hidden; the first is asked for.</param>
/// <param name="Question">The end of the text.</param>
/// <param name="Answer">What follows it.</param>
internal sealed record NeedleWords(IReadOnlyList<string> Needles, string Question, string Answer);
