using NestedLearning.Models;
using NestedLearning.Tiers;
using Orleans.Services;

namespace NestedLearning.Grains;

/// <summary>
/// What schedules ask of the memories of one silo. Calls that take long answer after a while with how far they came, and are
/// asked to go on.
/// </summary>
[Alias("nl.ISiloMemories")]
internal interface ISiloMemories : IGrainService
{
    /// <summary>Has every memory of a model, in order of tenants, send up what it learned.</summary>
    /// <param name="model">The model.</param>
    /// <param name="level">The shared level; null for all.</param>
    /// <param name="after">The tenant after which to go on; empty at first.</param>
    [Alias("SendUp")]
    ValueTask<SweepReply> SendUpAsync(string model, string? level, string after);

    /// <summary>Has the memories of a model that nobody has used for a while send up what they learned, and leave.</summary>
    [Alias("Expire")]
    ValueTask<SweepReply> ExpireAsync(string model, TimeSpan idleFor, string after);

    /// <summary>A model is deleted: stops its memories without saving them. From then on nobody here knows it.</summary>
    [Alias("Drop")]
    ValueTask<SweepReply> DropAsync(string model, string after);

    /// <summary>What the memories of a model have learned here since the silo started.</summary>
    [Alias("Learned")]
    ValueTask<LearnedReply> GetLearnedAsync(string model);

    /// <summary>Whether a run of a schedule is under way here.</summary>
    [Alias("Runs")]
    ValueTask<bool> IsRunningAsync(string schedule);
}

/// <summary>How far a sweep over the memories of a silo came.</summary>
/// <param name="Done">Those with which something was done.</param>
/// <param name="Others">Those with which nothing had to be done.</param>
/// <param name="Failed">Those with which it failed.</param>
/// <param name="First">Why the first one failed.</param>
/// <param name="Through">The tenant up to which it came; null at the end.</param>
[GenerateSerializer, Immutable, Alias("nl.SweepReply")]
internal readonly record struct SweepReply(
    [property: Id(0)] int Done,
    [property: Id(1)] int Others,
    [property: Id(2)] int Failed,
    [property: Id(3)] string? First,
    [property: Id(4)] string? Through);

/// <summary>What the memories of a model have learned in one silo.</summary>
/// <param name="Memories">The memories that are there.</param>
/// <param name="Learned">Events that were learned since the silo started.</param>
/// <param name="Correct">Those of them that were predicted correctly just before.</param>
[GenerateSerializer, Immutable, Alias("nl.LearnedReply")]
internal readonly record struct LearnedReply([property: Id(0)] int Memories, [property: Id(1)] long Learned, [property: Id(2)] long Correct)
{
    /// <inheritdoc cref="LearningTotals.Loss"/>
    [Id(3)]
    public double Loss { get; init; }

    /// <summary>The bits of the code of the texts among them, as in <see cref="LearningTotals.CodeLength"/>.</summary>
    [Id(4)]
    public double CodeBits { get; init; }

    /// <summary>The bytes of those texts.</summary>
    [Id(5)]
    public long CodeBytes { get; init; }

    /// <summary>What was learned.</summary>
    public LearningTotals ToTotals() => new(Learned, Correct) { Loss = Loss, CodeLength = new CodeLength(CodeBits, CodeBytes) };

    /// <summary>A silo's answer.</summary>
    public static LearnedReply From(int memories, LearningTotals totals) => new(memories, totals.Learned, totals.Correct)
    {
        Loss = totals.Loss,
        CodeBits = totals.CodeLength.Bits,
        CodeBytes = totals.CodeLength.Bytes,
    };
}
