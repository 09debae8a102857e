namespace NestedLearning.Torch;

/// <summary>Bytes of a device that one or more tensors hold.</summary>
internal sealed class TorchAllocation(TorchMemory memory, long bytes)
{
    private int _holders = 1;

    /// <summary>Tensors that nobody disposed are collected as garbage, and libtorch frees their memory then.</summary>
    ~TorchAllocation() => memory.Return(bytes);

    /// <summary>Whether more than one tensor holds them.</summary>
    public bool IsShared => Volatile.Read(ref _holders) > 1;

    /// <summary>Adds a holder.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>Removes a holder; the last one gives the bytes back.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            GC.SuppressFinalize(this);
            memory.Return(bytes);
        }
    }
}
