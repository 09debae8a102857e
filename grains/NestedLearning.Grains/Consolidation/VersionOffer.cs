namespace NestedLearning.Grains;

/// <summary>The way from one version to the newest durable one.</summary>
/// <param name="Version">Where it leads.</param>
/// <param name="FrameBytes">How long each frame is: differences in order, or one whole version.</param>
/// <param name="Frames">The frames, where all of them fit into one message; else they are read part by part.</param>
[GenerateSerializer, Immutable, Alias("nl.VersionOffer")]
public sealed record VersionOffer(
    [property: Id(0)] long Version, [property: Id(1)] int[] FrameBytes, [property: Id(2)] Payload[] Frames);
