namespace NestedLearning.Tensors;

/// <summary>A tensor in the managed backend's memory: a contiguous part of a pooled buffer.</summary>
internal sealed class ManagedTensor(ManagedBackend backend, PooledBuffer buffer, int start, Shape shape) : Tensor(shape)
{
    private PooledBuffer? _buffer = buffer;

    /// <summary>The backend that made it.</summary>
    public ManagedBackend Backend { get; } = backend;

    /// <summary>The elements, row-major.</summary>
    /// <exception cref="ObjectDisposedException">The tensor has been disposed.</exception>
    public Span<float> Values => Buffer.Values.AsSpan(start, Shape.ElementCount);

    /// <summary>Whether another tensor uses the same memory.</summary>
    /// <exception cref="ObjectDisposedException">The tensor has been disposed.</exception>
    public bool IsShared => Buffer.IsShared;

    private PooledBuffer Buffer => _buffer ?? throw new ObjectDisposedException(ToString());

    /// <summary>A tensor over the elements from <paramref name="offset"/> on, which shares this one's memory.</summary>
    public ManagedTensor Share(int offset, Shape part)
    {
        PooledBuffer buffer = Buffer;
        buffer.Hold();
        return new ManagedTensor(Backend, buffer, start + offset, part);
    }

    /// <inheritdoc/>
    public override void Dispose() => Interlocked.Exchange(ref _buffer, null)?.Release();
}
