namespace NestedLearning.Grains;

/// <summary>How far a flush came.</summary>
/// <param name="Marks">What of the source's events is applied and durable.</param>
/// <param name="IsSettled">Whether it is done; else the same flush has to be asked again.</param>
/// <param name="Versions">The versions of the shared levels that the memory has adopted, fastest first.</param>
[GenerateSerializer, Immutable, Alias("nl.FlushReply")]
public sealed record FlushReply(
    [property: Id(0)] ReceiptReply Marks, [property: Id(1)] bool IsSettled, [property: Id(2)] long[] Versions);
