namespace NestedLearning.Models;

/// <summary>
/// The hash of a feature string: FNV-1a 64 over its UTF-8 bytes, finished by murmur3's 64-bit mixer.
/// FNV takes one byte after another, so strings with a common beginning share the work of it.
/// </summary>
internal static class FeatureHash
{
    /// <summary>The state before the first byte.</summary>
    public const ulong Start = 0xcbf29ce484222325;

    private const ulong Prime = 0x100000001b3;

    /// <summary>The state after one more byte.</summary>
    public static ulong Append(ulong state, byte value) => (state ^ value) * Prime;

    /// <summary>The state after <paramref name="bytes"/>.</summary>
    public static ulong Append(ulong state, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            state = (state ^ value) * Prime;
        }

        return state;
    }

    /// <summary>murmur3's fmix64: spreads the state over all 64 bits.</summary>
    public static ulong Finish(ulong state)
    {
        state ^= state >> 33;
        state *= 0xff51afd7ed558ccd;
        state ^= state >> 33;
        state *= 0xc4ceb9fe1a85ec53;
        return state ^ (state >> 33);
    }
}
