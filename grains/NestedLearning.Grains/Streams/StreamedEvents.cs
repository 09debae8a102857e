using NestedLearning.Models;

namespace NestedLearning.Grains;

/// <summary>Events of one source on a tenant's stream, in order of their sequence numbers.</summary>
/// <param name="Source">The name of the source whose sequence numbers they have; see <see cref="SourceId"/>.</param>
/// <param name="Events">The events. They are numbered by whoever makes them, not by the stream.</param>
[GenerateSerializer, Immutable, Alias("nl.StreamedEvents")]
public sealed record StreamedEvents([property: Id(0)] string Source, [property: Id(1)] LearningEvent[] Events)
{
    /// <summary>Events as they travel.</summary>
    public static StreamedEvents From(SourceId source, IReadOnlyList<LearningEvent> events) => new(source.Value, [.. events]);
}
