using System.Numerics;

namespace NestedLearning.Tensors;

/// <summary>
/// The memory of a backend's tensors. Buffers come in sizes of four per doubling, so at most a fifth of one is spare, and
/// return here with the last tensor that uses them; a loop over the same shapes allocates none after its first round.
/// </summary>
internal sealed class BufferPool
{
    private const int SmallestLength = 64;

    private readonly Dictionary<int, Stack<PooledBuffer>> _idle = [];
    private readonly Lock _lock = new();
    private long _bytesInUse;
    private long _bytesIdle;

    /// <summary>What the buffers occupy at this moment.</summary>
    public PoolUsage Usage
    {
        get
        {
            lock (_lock)
            {
                return new PoolUsage(_bytesInUse, _bytesIdle);
            }
        }
    }

    /// <summary>A buffer of at least this length, with one holder. Its content is anything.</summary>
    public PooledBuffer Rent(int length)
    {
        int capacity = Capacity(length);
        PooledBuffer? buffer = null;
        lock (_lock)
        {
            if (_idle.TryGetValue(capacity, out Stack<PooledBuffer>? stack) && stack.TryPop(out buffer))
            {
                _bytesIdle -= buffer.Bytes;
            }

            _bytesInUse += (long)capacity * sizeof(float);
        }

        buffer ??= new PooledBuffer(this, capacity);
        buffer.Hold();
        return buffer;
    }

    /// <summary>Takes a buffer back that nobody holds.</summary>
    public void Return(PooledBuffer buffer)
    {
        lock (_lock)
        {
            if (!_idle.TryGetValue(buffer.Values.Length, out Stack<PooledBuffer>? stack))
            {
                _idle[buffer.Values.Length] = stack = new Stack<PooledBuffer>();
            }

            stack.Push(buffer);
            _bytesInUse -= buffer.Bytes;
            _bytesIdle += buffer.Bytes;
        }
    }

    /// <summary>Leaves the idle buffers to the garbage collector.</summary>
    public void Trim()
    {
        lock (_lock)
        {
            _idle.Clear();
            _bytesIdle = 0;
        }
    }

    private static int Capacity(int length)
    {
        if (length <= SmallestLength)
        {
            return SmallestLength;
        }

        long step = 1L << Math.Max(0, BitOperations.Log2((uint)length - 1) - 2);
        return (int)Math.Min((length + step - 1) / step * step, Array.MaxLength);
    }
}
