using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>How a memory stands, on its way to whoever asked.</summary>
[GenerateSerializer, Immutable, Alias("nl.MemoryReply")]
public sealed record MemoryReply(
    [property: Id(0)] long Learned,
    [property: Id(1)] long Correct,
    [property: Id(2)] long PrivateBytes,
    [property: Id(3)] long SavedBytes,
    [property: Id(4)] TimeSpan LearnTime,
    [property: Id(5)] double Loss,
    [property: Id(6)] double CodeBits,
    [property: Id(7)] long CodeBytes,
    [property: Id(8)] long NotDurable)
{
    /// <summary>The status.</summary>
    public MemoryStatus ToStatus() => new(Learned, Correct, PrivateBytes, SavedBytes)
    {
        LearnTime = LearnTime,
        Loss = Loss,
        CodeLength = new CodeLength(CodeBits, CodeBytes),
        NotDurable = NotDurable,
    };

    /// <summary>A status as it travels.</summary>
    public static MemoryReply From(MemoryStatus status) => new(
        status.Learned,
        status.Correct,
        status.PrivateBytes,
        status.SavedBytes,
        status.LearnTime,
        status.Loss,
        status.CodeLength.Bits,
        status.CodeLength.Bytes,
        status.NotDurable);
}

/// <summary>How a level stands, on its way to whoever asked.</summary>
[GenerateSerializer, Immutable, Alias("nl.LevelReply")]
public sealed record LevelReply(
    [property: Id(0)] string Level,
    [property: Id(1)] long Version,
    [property: Id(2)] long Events,
    [property: Id(3)] long NextPeriod,
    [property: Id(4)] int RoundContributors,
    [property: Id(5)] long BytesUp,
    [property: Id(6)] long BytesDown,
    [property: Id(7)] TimeSpan FoldTime)
{
    /// <summary>The status.</summary>
    public LevelStatus ToStatus() =>
        new(new LevelId(Level), Version, Events, NextPeriod, RoundContributors, new Traffic(BytesUp, BytesDown), FoldTime);

    /// <summary>A status as it travels.</summary>
    public static LevelReply From(LevelStatus status) => new(
        status.Level.Value,
        status.Version,
        status.Events,
        status.NextPeriod,
        status.RoundContributors,
        status.Traffic.BytesUp,
        status.Traffic.BytesDown,
        status.FoldTime);
}
