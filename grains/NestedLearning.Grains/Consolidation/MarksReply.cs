namespace NestedLearning.Grains;

/// <summary>Which of a source's updates the newest durable version contains.</summary>
/// <param name="Version">The version's number.</param>
/// <param name="Marks">The source's marks.</param>
[GenerateSerializer, Immutable, Alias("nl.MarksReply")]
public readonly record struct MarksReply([property: Id(0)] long Version, [property: Id(1)] ReceiptReply Marks);
