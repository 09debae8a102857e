using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>A batch of events on its way to a memory.</summary>
[GenerateSerializer, Immutable, Alias("nl.FeedRequest")]
public sealed record FeedRequest([property: Id(0)] string Source, [property: Id(1)] long After, [property: Id(2)] LearningEvent[] Events)
{
    /// <summary>Where whoever feeds saw the shared levels, if it looked: the memory adopts that before it learns.</summary>
    [Id(3)]
    public SeenLevels? Seen { get; init; }

    /// <summary>The batch as the tiers know it.</summary>
    /// <exception cref="InvalidIdException">The source is no valid name.</exception>
    public EventBatch ToBatch() => new(new SourceId(Source), Events) { After = After };

    /// <summary>A batch as it travels.</summary>
    public static FeedRequest From(EventBatch batch) => new(batch.Source.Value, batch.After, [.. batch.Events]);
}

/// <summary>Where somebody saw the shared levels of a model.</summary>
/// <param name="Incarnation">Which of the models of its name it was.</param>
/// <param name="Versions">The versions, fastest level first.</param>
[GenerateSerializer, Immutable, Alias("nl.SeenLevels")]
public sealed record SeenLevels([property: Id(0)] string Incarnation, [property: Id(1)] long[] Versions);
