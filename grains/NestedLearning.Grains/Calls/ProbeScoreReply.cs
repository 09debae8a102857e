using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>How well a level knows what one source has taught it, on its way to whoever asked.</summary>
[GenerateSerializer, Immutable, Alias("nl.ProbeScore")]
public readonly record struct ProbeScoreReply([property: Id(0)] string Source, [property: Id(1)] int Asked, [property: Id(2)] int Right)
{
    /// <summary>The score.</summary>
    public ProbeScore ToScore() => new(Source, Asked, Right);

    /// <summary>A score as it travels.</summary>
    public static ProbeScoreReply From(ProbeScore score) => new(score.Source, score.Asked, score.Right);
}
