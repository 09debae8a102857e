namespace NestedLearning.Grains;

/// <summary>What became of an update, or of a part of one.</summary>
/// <param name="Marks">The source's marks; null while parts are missing.</param>
/// <param name="Version">The newest durable version, so that a sender hears of it at once.</param>
[GenerateSerializer, Immutable, Alias("nl.SubmitReply")]
public sealed record SubmitReply([property: Id(0)] ReceiptReply? Marks, [property: Id(1)] long Version);
