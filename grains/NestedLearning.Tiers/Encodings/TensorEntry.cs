namespace NestedLearning.Tiers;

/// <summary>One line of a frame's directory: what a tensor is and where its payload lies.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Encoding">How its payload is written.</param>
/// <param name="Shape">Its dimensions; what they mean is up to the encoding.</param>
/// <param name="Offset">Where the payload starts, from the start of the frame.</param>
/// <param name="Length">How long the payload is, in bytes.</param>
internal sealed record TensorEntry(string Name, TensorEncoding Encoding, int[] Shape, long Offset, long Length)
{
    /// <summary>The bytes that this entry takes in the directory.</summary>
    public int Size => FrameFormat.FixedEntryBytes + Name.Length + (sizeof(int) * Shape.Length);

    /// <summary>The only dimension, checked against the limit.</summary>
    public int Count(FrameLimits limits)
    {
        CheckRank(1);
        CheckCount(Shape[0], limits);
        return Shape[0];
    }

    /// <summary>The product of all dimensions, checked against the limit.</summary>
    public int Elements(FrameLimits limits)
    {
        long elements = ShapeRule.Elements(Shape);
        CheckCount(elements, limits);
        return (int)elements;
    }

    public void CheckRank(int rank)
    {
        if (Shape.Length != rank)
        {
            throw new FrameException(FrameProblem.BadShape, Name, $"has {Shape.Length} dimensions where {Encoding} has {rank}");
        }
    }

    public void CheckCount(long count, FrameLimits limits)
    {
        if (count > limits.MaxElements)
        {
            throw new FrameException(FrameProblem.TooLarge, Name, $"claims {count} elements, accepted are {limits.MaxElements}");
        }
    }

    /// <summary>Refuses a payload that is not of this length, before anything is allocated for it.</summary>
    public void CheckLength(long expected)
    {
        if (Length != expected)
        {
            throw new FrameException(
                Length < expected ? FrameProblem.TooLarge : FrameProblem.TrailingBytes,
                Name,
                $"claims a content of {expected} bytes in a payload of {Length}");
        }
    }

    /// <summary>Refuses a payload that cannot hold what is claimed, before anything is allocated for it.</summary>
    public void CheckHolds(long smallest)
    {
        if (Length < smallest)
        {
            throw new FrameException(
                FrameProblem.TooLarge, Name, $"claims a content of at least {smallest} bytes in a payload of {Length}");
        }
    }
}
