namespace NestedLearning.Grains;

/// <summary>An update, or a part of one that is longer than a message should be.</summary>
/// <param name="Upload">Names the update while it is under way; a repeated one may use the same number.</param>
/// <param name="TotalBytes">The length of the whole update.</param>
/// <param name="Offset">Where the part begins.</param>
/// <param name="Part">The part.</param>
[GenerateSerializer, Immutable, Alias("nl.UpdatePart")]
public sealed record UpdatePart(
    [property: Id(0)] Guid Upload, [property: Id(1)] int TotalBytes, [property: Id(2)] int Offset, [property: Id(3)] Payload Part)
{
    /// <summary>Whether this is all there is.</summary>
    public bool IsWhole => Part.Bytes.Length == TotalBytes;

    /// <summary>The parts of an update.</summary>
    public static IEnumerable<UpdatePart> Cut(Guid upload, ReadOnlyMemory<byte> update, int messageBytes)
    {
        for (int offset = 0; offset < update.Length; offset += messageBytes)
        {
            Payload part = new(update.Slice(offset, Math.Min(messageBytes, update.Length - offset)));
            yield return new UpdatePart(upload, update.Length, offset, part);
        }
    }
}
