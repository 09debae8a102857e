namespace NestedLearning.Tensors;

/// <summary>Values of a pool, held by one or more tensors.</summary>
internal sealed class PooledBuffer(BufferPool pool, int capacity)
{
    private int _holders;

    /// <summary>All values, of which a tensor uses a part.</summary>
    public float[] Values { get; } = GC.AllocateUninitializedArray<float>(capacity, pinned: true);

    /// <summary>The size in bytes.</summary>
    public long Bytes => (long)Values.Length * sizeof(float);

    /// <summary>Whether more than one tensor uses it.</summary>
    public bool IsShared => Volatile.Read(ref _holders) > 1;

    /// <summary>Adds a holder.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>Removes a holder; the last one returns the buffer to its pool.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            pool.Return(this);
        }
    }
}
