namespace NestedLearning.Cli.Data;

/// <summary>A hash that is the same in every process and on every machine: FNV-1a with a mixer at the end.</summary>
internal static class StableHash
{
    private const ulong Offset = 0xCBF29CE484222325;
    private const ulong Prime = 0x00000100000001B3;

    /// <summary>The hash of some texts in their order.</summary>
    public static ulong Of(ulong seed, params ReadOnlySpan<string> parts)
    {
        ulong hash = Offset ^ Mix(seed);
        foreach (string part in parts)
        {
            foreach (char c in part)
            {
                hash = (hash ^ c) * Prime;
            }

            hash = (hash ^ char.MaxValue) * Prime;
        }

        return Mix(hash);
    }

    /// <summary>The same hash as a number from 0 to below 1.</summary>
    public static double Share(ulong seed, params ReadOnlySpan<string> parts) => (Of(seed, parts) >> 11) / (double)(1UL << 53);

    /// <summary>The finalizer of SplitMix64.</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
