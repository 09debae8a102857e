using System.Buffers;
using System.Numerics;
using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Makes the key of a text: a sparse vector of unit length over hashed features, the same on every machine.
/// Features are words, neighbouring words, pairs of words near each other, and character n-grams (the list is in
/// <see cref="FeatureStrings"/>). A feature with hash h and count n adds <c>±(1 + ln n)</c> to bucket
/// <c>h &amp; (features - 1)</c>, minus when bit 63 of h is set. Safe for concurrent use.
/// </summary>
public sealed class TextFeaturizer
{
    /// <summary>The largest number of features, which the indices of a <see cref="SparseVector"/> allow.</summary>
    public const int MaxFeatures = ushort.MaxValue + 1;

    /// <summary>Below this, what is left in a bucket is the rounding of features that cancel.</summary>
    private const double Cancelled = 1e-12;

    /// <summary>Keys of length <paramref name="features"/>: a power of two, at most <see cref="MaxFeatures"/>.</summary>
    public TextFeaturizer(int features)
    {
        if (features is < 2 or > MaxFeatures || !BitOperations.IsPow2(features))
        {
            throw new ArgumentOutOfRangeException(
                nameof(features), features, $"Accepted is a power of two from 2 to {MaxFeatures}.");
        }

        Features = features;
    }

    /// <summary>The length D of a key.</summary>
    public int Features { get; }

    /// <summary>The key of <paramref name="text"/>, of unit length; empty when the text has no words.</summary>
    public SparseVector Extract(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new WordBuffer(text);
        var counts = new FeatureCounts(FeatureStrings.MaxCount(words));
        FeatureStrings.Count(words, ref counts);
        SparseVector key = Hash(counts);
        counts.Dispose();
        words.Dispose();
        return key;
    }

    /// <summary>Adds the counted features into their buckets; a bitmap of the touched ones also sorts them.</summary>
    private SparseVector Hash(in FeatureCounts counts)
    {
        Span<ulong> touched = stackalloc ulong[(Features + 63) / 64];
        touched.Clear();
        double[] sums = ArrayPool<double>.Shared.Rent(Features);
        for (int i = 0; i < counts.Count; i++)
        {
            ulong hash = counts.Hashes[i];
            int count = counts.Occurrences[i];
            double value = count == 1 ? 1 : 1 + Math.Log(count);
            value = (hash >> 63) == 0 ? value : -value;
            int bucket = (int)hash & (Features - 1);
            ulong bit = 1ul << bucket;
            sums[bucket] = (touched[bucket >> 6] & bit) == 0 ? value : sums[bucket] + value;
            touched[bucket >> 6] |= bit;
        }

        SparseVector key = Normalise(touched, sums);
        ArrayPool<double>.Shared.Return(sums);
        return key;
    }

    private static SparseVector Normalise(Span<ulong> touched, double[] sums)
    {
        int length = 0;
        double squares = 0;
        for (int block = 0; block < touched.Length; block++)
        {
            for (ulong bits = touched[block]; bits != 0; bits &= bits - 1)
            {
                int bucket = (block << 6) + BitOperations.TrailingZeroCount(bits);
                double sum = sums[bucket];
                if (Math.Abs(sum) < Cancelled)
                {
                    touched[block] &= ~(1ul << bucket);
                    continue;
                }

                squares += sum * sum;
                length++;
            }
        }

        ushort[] indices = new ushort[length];
        float[] values = new float[length];
        double norm = Math.Sqrt(squares);
        int next = 0;
        for (int block = 0; block < touched.Length; block++)
        {
            for (ulong bits = touched[block]; bits != 0; bits &= bits - 1)
            {
                int bucket = (block << 6) + BitOperations.TrailingZeroCount(bits);
                indices[next] = (ushort)bucket;
                values[next++] = (float)(sums[bucket] / norm);
            }
        }

        return new SparseVector(indices, values);
    }
}
