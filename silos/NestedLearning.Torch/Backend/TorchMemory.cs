namespace NestedLearning.Torch;

/// <summary>Counts the bytes of a backend's tensors, and refuses what would pass the limit.</summary>
internal sealed class TorchMemory(TorchDevice device, long? limitBytes)
{
    private long _bytesInUse;

    /// <summary>What tensors hold at this moment.</summary>
    public long BytesInUse => Interlocked.Read(ref _bytesInUse);

    /// <summary>Counts the memory of a new tensor.</summary>
    /// <exception cref="TorchMemoryException">There is less left.</exception>
    public TorchAllocation Take(int elements)
    {
        long bytes = (long)elements * sizeof(float);
        long before = BytesInUse;
        while (true)
        {
            if (before + bytes > (limitBytes ?? long.MaxValue))
            {
                throw new TorchMemoryException(device, bytes, before, limitBytes!.Value);
            }

            long seen = Interlocked.CompareExchange(ref _bytesInUse, before + bytes, before);
            if (seen == before)
            {
                return new TorchAllocation(this, bytes);
            }

            before = seen;
        }
    }

    /// <summary>Takes back what a tensor held.</summary>
    public void Return(long bytes) => Interlocked.Add(ref _bytesInUse, -bytes);
}
