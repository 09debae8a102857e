using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>A batch of events on its way to a memory.</summary>
[GenerateSerializer, Immutable, Alias("nl.FeedRequest")]
public sealed record FeedRequest([property: Id(0)] string Source, [property: Id(1)] long After, [property: Id(2)] LearningEvent[] Events)
{
    /// <summary>The batch as the tiers know it.</summary>
    /// <exception cref="InvalidIdException">The source is no valid name.</exception>
    public EventBatch ToBatch() => new(new SourceId(Source), Events) { After = After };

    /// <summary>A batch as it travels.</summary>
    public static FeedRequest From(EventBatch batch) => new(batch.Source.Value, batch.After, [.. batch.Events]);
}
