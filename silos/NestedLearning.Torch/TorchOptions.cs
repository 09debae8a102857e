namespace NestedLearning.Torch;

/// <summary>How a <see cref="TorchBackend"/> computes.</summary>
public sealed record TorchOptions
{
    /// <summary>Where; by default on the processor.</summary>
    public TorchDevice Device { get; init; } = TorchDevice.Cpu;

    /// <summary>
    /// The most bytes that tensors may hold, 1 or more; by default no limit but the device's own. An operation's workspace
    /// comes on top.
    /// </summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>
    /// How many threads of the processor an operation may use, 1 to 1,024; by default as many as libtorch chooses. More make
    /// one operation faster and other work of the machine slower. Results are the same for the same number.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>
    /// The least number of multiply-adds of a matrix product that is computed from operands rounded to bfloat16, 0 or more;
    /// by default none is. It keeps 8 bits of each operand, and gains time only on a GPU with units for it: on the processor
    /// the rounded operands are multiplied in float32.
    /// </summary>
    public long? Bfloat16From { get; init; }

    /// <summary>Refuses options that are out of their range, all at once.</summary>
    internal void Validate()
    {
        List<string> violations = [];
        if (MemoryLimitBytes < 1)
        {
            violations.Add($"{nameof(MemoryLimitBytes)} is {MemoryLimitBytes}; accepted: 1 or more.");
        }

        if (Threads is < 1 or > 1024)
        {
            violations.Add($"{nameof(Threads)} is {Threads}; accepted: 1 to 1024.");
        }

        if (Bfloat16From < 0)
        {
            violations.Add($"{nameof(Bfloat16From)} is {Bfloat16From}; accepted: 0 or more.");
        }

        if (violations.Count > 0)
        {
            throw new InvalidTorchOptionsException(violations);
        }
    }
}
