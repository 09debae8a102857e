namespace NestedLearning.Tiers;

/// <summary>
/// The largest frame that a reader takes. A frame makes its reader allocate a small multiple of its own length at most, and
/// for tensors that stand for more values than they hold what <see cref="MaxExpandedElements"/> allows; so set the limits to
/// what the model needs.
/// </summary>
public sealed record FrameLimits
{
    /// <summary>Sets the limits; all violations are reported at once.</summary>
    /// <param name="maxFrameBytes">Bytes of a whole frame, 64 to 2,147,483,591; default 1 GiB.</param>
    /// <param name="maxTensors">Tensors in a frame, 1 to 65,536; default 4,096.</param>
    /// <param name="maxElements">Elements or stored entries of one tensor, from 1; default 2^28.</param>
    /// <param name="maxTextBytes">UTF-8 bytes of one text, from 1; default 1 MiB.</param>
    /// <param name="maxExpandedElements">Elements of all a frame's top-k and low-rank tensors together, from 1; default 2^26.</param>
    /// <exception cref="InvalidFrameLimitsException">A limit is out of its range.</exception>
    public FrameLimits(
        int maxFrameBytes = 1 << 30,
        int maxTensors = 4096,
        int maxElements = 1 << 28,
        int maxTextBytes = 1 << 20,
        int maxExpandedElements = 1 << 26)
    {
        List<string> violations = [];
        Check(nameof(MaxFrameBytes), maxFrameBytes, 64, Array.MaxLength);
        Check(nameof(MaxTensors), maxTensors, 1, 65_536);
        Check(nameof(MaxElements), maxElements, 1, Array.MaxLength);
        Check(nameof(MaxTextBytes), maxTextBytes, 1, Array.MaxLength);
        Check(nameof(MaxExpandedElements), maxExpandedElements, 1, Array.MaxLength);
        if (violations.Count > 0)
        {
            throw new InvalidFrameLimitsException(violations);
        }

        MaxFrameBytes = maxFrameBytes;
        MaxTensors = maxTensors;
        MaxElements = maxElements;
        MaxTextBytes = maxTextBytes;
        MaxExpandedElements = maxExpandedElements;

        void Check(string name, int value, int lowest, int highest)
        {
            if (value < lowest || value > highest)
            {
                violations.Add($"{name} is {value}, accepted are {lowest} to {highest}");
            }
        }
    }

    /// <summary>The limits with every default.</summary>
    public static FrameLimits Default { get; } = new();

    /// <summary>Bytes of a whole frame.</summary>
    public int MaxFrameBytes { get; }

    /// <summary>Tensors in a frame.</summary>
    public int MaxTensors { get; }

    /// <summary>Elements of a dense tensor, entries or rows of a sparse one, items of a list.</summary>
    public int MaxElements { get; }

    /// <summary>UTF-8 bytes of one text.</summary>
    public int MaxTextBytes { get; }

    /// <summary>Elements of all tensors together whose payloads may be far shorter than what they stand for.</summary>
    public int MaxExpandedElements { get; }
}
