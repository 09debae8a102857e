namespace NestedLearning.Grains;

/// <summary>A piece of what a part of a round comes to.</summary>
/// <param name="TotalBytes">The length of the whole; 0 while it is not known.</param>
/// <param name="Piece">The piece.</param>
[GenerateSerializer, Immutable, Alias("nl.SumsPiece")]
internal readonly record struct SumsPiece([property: Id(0)] int TotalBytes, [property: Id(1)] Payload Piece);
