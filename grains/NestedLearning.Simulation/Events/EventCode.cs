using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Simulation;

/// <summary>
/// Gives every event of a run a key that nobody else's adds up to: one feature f with the value 2^e. The sum of squares of
/// feature f is then a number in base four with a digit for each e, and the digit says how often that event counts.
/// </summary>
internal static class EventCode
{
    public const int Features = 64;

    /// <summary>The most events of a run. Keys stay below 2^6, so that no sum loses a bit.</summary>
    public const int MaxEvents = Features * 6;

    public static FeatureInput Input(int number) =>
        new(new SparseVector(new[] { (ushort)(number % Features) }, new[] { (float)(1 << (number / Features)) }));

    /// <summary>How often each event is in a sum of <c>k kᵀ</c>, given as the lower triangle row by row.</summary>
    public static void Count(ReadOnlySpan<double> triangle, Span<int> counts)
    {
        for (int number = 0; number < counts.Length; number++)
        {
            int feature = number % Features;
            long sum = (long)triangle[(feature * (feature + 1) / 2) + feature];
            int place = 2 * (number / Features);
            bool isLast = number + Features >= counts.Length;
            counts[number] = (int)(isLast ? sum >> place : (sum >> place) & 3);
        }
    }

    /// <summary>How often each event is among some keys.</summary>
    public static void Count(SparseRows keys, Span<int> counts)
    {
        for (int row = 0; row < keys.Rows; row++)
        {
            counts[Number(keys[row])]++;
        }
    }

    /// <summary>The event that a key stands for.</summary>
    public static int Number(SparseVector key) => ((int)MathF.Log2(key.Values.Span[0]) * Features) + key.Indices.Span[0];
}
