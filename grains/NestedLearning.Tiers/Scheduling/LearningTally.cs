using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>What the memories of a model have learned in one process since it started, those included that left memory.</summary>
/// <param name="Process">The process; another one each time that it starts.</param>
/// <param name="Learned">Events that were learned.</param>
/// <param name="Correct">Those of them that were predicted correctly just before.</param>
public sealed record LearningTally(string Process, long Learned, long Correct)
{
    /// <inheritdoc cref="LearningTotals.Loss"/>
    public double Loss { get; init; }

    /// <summary>The bits of the code of the texts among them, as in <see cref="LearningTotals.CodeLength"/>.</summary>
    public double CodeBits { get; init; }

    /// <summary>The bytes of those texts.</summary>
    public long CodeBytes { get; init; }

    /// <summary>What a process has learned.</summary>
    public static LearningTally Of(string process, LearningTotals totals) => new(process, totals.Learned, totals.Correct)
    {
        Loss = totals.Loss,
        CodeBits = totals.CodeLength.Bits,
        CodeBytes = totals.CodeLength.Bytes,
    };

    /// <summary>What was learned.</summary>
    internal LearningTotals ToTotals() => new(Learned, Correct) { Loss = Loss, CodeLength = new CodeLength(CodeBits, CodeBytes) };
}
