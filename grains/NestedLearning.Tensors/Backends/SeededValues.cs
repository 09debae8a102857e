namespace NestedLearning.Tensors;

/// <summary>
/// Random values that depend on nothing but the seed and their position, so every backend and every number of threads gives
/// the same. A value is the finalizer of SplitMix64 at its position (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
/// Generators, 2014).
/// </summary>
public static class SeededValues
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>Fills <paramref name="values"/> with multiples of 2^-24 in [0, 1).</summary>
    public static void Uniform(ulong seed, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (Bits(seed, i) >> 40) * (1f / (1 << 24));
        }
    }

    /// <summary>Fills <paramref name="values"/> with standard normal values, by the method of Box and Muller.</summary>
    public static void Normal(ulong seed, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            ulong bits = Bits(seed, i / 2);
            double radius = Math.Sqrt(-2 * Math.Log(((bits >> 32) + 1) * (1.0 / (1L << 32))));
            double angle = 2 * Math.PI * ((uint)bits * (1.0 / (1L << 32)));
            values[i] = (float)(radius * (i % 2 == 0 ? Math.Cos(angle) : Math.Sin(angle)));
        }
    }

    private static ulong Bits(ulong seed, int position)
    {
        // The seed is mixed as well: neighbouring seeds would otherwise give the same values one position apart.
        return Mix(Mix(seed + Golden) + (Golden * (ulong)(position + 1)));
    }

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
