using System.Buffers;

namespace NestedLearning.Models;

/// <summary>
/// The feature strings of a text, as hashes; no string is built.
/// <list type="bullet">
/// <item><c>w</c> + word</item>
/// <item><c>b</c> + word + space + next word, with <c>^</c> before the first and <c>$</c> after the last</item>
/// <item><c>p</c> + smaller word + space + larger word, once per pair of different words at most 10 positions apart;
/// compared by their UTF-8 bytes, which is the order of their scalars</item>
/// <item><c>c</c> + each run of 3, 4 and 5 scalars of <c>&lt;word&gt;</c></item>
/// </list>
/// </summary>
internal static class FeatureStrings
{
    private const int PairDistance = 10;
    private const int ShortestGram = 3;
    private const int LongestGram = 5;

    private static readonly ulong WordStart = FeatureHash.Append(FeatureHash.Start, (byte)'w');
    private static readonly ulong NeighboursStart = FeatureHash.Append(FeatureHash.Start, (byte)'b');
    private static readonly ulong PairStart = FeatureHash.Append(FeatureHash.Start, (byte)'p');
    private static readonly ulong GramStart = FeatureHash.Append(FeatureHash.Start, (byte)'c');
    private static readonly ulong FirstStart = FeatureHash.Append(NeighboursStart, "^ "u8);

    /// <summary>No text with these words has more features than this.</summary>
    public static int MaxCount(in WordBuffer words)
    {
        int pairsPerWord = Math.Min(PairDistance, words.Count);
        int grams = (LongestGram - ShortestGram + 1) * words.ByteCount;
        return checked((words.Count * (2 + pairsPerWord)) + 1 + grams);
    }

    /// <summary>Counts every feature of <paramref name="words"/>.</summary>
    public static void Count(in WordBuffer words, ref FeatureCounts counts)
    {
        if (words.Count == 0)
        {
            return;
        }

        ulong[] pairStarts = ArrayPool<ulong>.Shared.Rent(words.Count);
        ulong neighbours = FirstStart;
        for (int i = 0; i < words.Count; i++)
        {
            ReadOnlySpan<byte> word = words[i];
            counts.Add(FeatureHash.Finish(FeatureHash.Append(WordStart, word)));
            counts.Add(FeatureHash.Finish(FeatureHash.Append(neighbours, word)));
            neighbours = BeforeSpace(NeighboursStart, word);
            pairStarts[i] = BeforeSpace(PairStart, word);
            CountPairs(words, i, pairStarts, ref counts);
            CountGrams(words.Bracketed(i), ref counts);
        }

        counts.Add(FeatureHash.Finish(FeatureHash.Append(neighbours, (byte)'$')));
        ArrayPool<ulong>.Shared.Return(pairStarts);
    }

    private static ulong BeforeSpace(ulong start, ReadOnlySpan<byte> word) =>
        FeatureHash.Append(FeatureHash.Append(start, word), (byte)' ');

    /// <summary>Pairs of word <paramref name="index"/> with those before it.</summary>
    private static void CountPairs(in WordBuffer words, int index, ulong[] pairStarts, ref FeatureCounts counts)
    {
        ReadOnlySpan<byte> word = words[index];
        for (int j = Math.Max(0, index - PairDistance); j < index; j++)
        {
            ReadOnlySpan<byte> other = words[j];
            int order = word.SequenceCompareTo(other);
            if (order != 0)
            {
                ulong state = order < 0
                    ? FeatureHash.Append(pairStarts[index], other)
                    : FeatureHash.Append(pairStarts[j], word);
                counts.AddOnce(FeatureHash.Finish(state));
            }
        }
    }

    private static void CountGrams(ReadOnlySpan<byte> bracketed, ref FeatureCounts counts)
    {
        for (int start = 0; start < bracketed.Length; start++)
        {
            if (IsContinuation(bracketed[start]))
            {
                continue;
            }

            ulong state = GramStart;
            int scalars = 0;
            for (int end = start; end < bracketed.Length && scalars < LongestGram;)
            {
                state = FeatureHash.Append(state, bracketed[end++]);
                if (end < bracketed.Length && IsContinuation(bracketed[end]))
                {
                    continue;
                }

                if (++scalars >= ShortestGram)
                {
                    counts.Add(FeatureHash.Finish(state));
                }
            }
        }
    }

    private static bool IsContinuation(byte value) => (value & 0xC0) == 0x80;
}
