using System.Buffers;
using System.Numerics;

namespace NestedLearning.Models;

/// <summary>
/// How often each feature string occurs, keyed by its 64-bit hash: an open-addressing table over pooled arrays,
/// at most half full, with its entries kept in the order of their first occurrence.
/// </summary>
internal ref struct FeatureCounts
{
    private readonly int[] _slots;
    private readonly int _mask;
    private readonly ulong[] _hashes;
    private readonly int[] _counts;

    /// <summary>A table for at most <paramref name="capacity"/> different features.</summary>
    public FeatureCounts(int capacity)
    {
        int slots = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2 * capacity, 16));
        _mask = slots - 1;
        _slots = ArrayPool<int>.Shared.Rent(slots);
        _slots.AsSpan(0, slots).Clear();
        _hashes = ArrayPool<ulong>.Shared.Rent(capacity);
        _counts = ArrayPool<int>.Shared.Rent(capacity);
    }

    /// <summary>The number of different features.</summary>
    public int Count { get; private set; }

    /// <summary>The hash of each feature.</summary>
    public readonly ReadOnlySpan<ulong> Hashes => _hashes.AsSpan(0, Count);

    /// <summary>How often each feature of <see cref="Hashes"/> occurs.</summary>
    public readonly ReadOnlySpan<int> Occurrences => _counts.AsSpan(0, Count);

    /// <summary>Counts one occurrence.</summary>
    public void Add(ulong hash) => _counts[Find(hash)]++;

    /// <summary>Notes that the feature occurs; its count stays 1.</summary>
    public void AddOnce(ulong hash) => _counts[Find(hash)] = 1;

    /// <summary>Gives the buffers back to the pool.</summary>
    public readonly void Dispose()
    {
        ArrayPool<int>.Shared.Return(_slots);
        ArrayPool<ulong>.Shared.Return(_hashes);
        ArrayPool<int>.Shared.Return(_counts);
    }

    /// <summary>The entry of <paramref name="hash"/>, new with count 0 at its first occurrence.</summary>
    private int Find(ulong hash)
    {
        // A slot holds its entry's index plus 1; the upper half is free of the bits that choose the bucket.
        for (int slot = (int)(hash >> 32) & _mask; ; slot = (slot + 1) & _mask)
        {
            int entry = _slots[slot] - 1;
            if (entry < 0)
            {
                _slots[slot] = Count + 1;
                _hashes[Count] = hash;
                _counts[Count] = 0;
                return Count++;
            }

            if (_hashes[entry] == hash)
            {
                return entry;
            }
        }
    }
}
