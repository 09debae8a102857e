using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NestedLearning.Tensors;

/// <summary>The softmax in place: <c>p_i = exp(z_i - max z) / sum_j exp(z_j - max z)</c>.</summary>
public static class Softmax
{
    /// <summary>
    /// Turns <paramref name="logits"/> [n] into probabilities. The largest logit is subtracted first, so nothing overflows;
    /// minus infinity becomes probability 0, as long as one logit is finite.
    /// </summary>
    /// <remarks>Not inlined: the exponential in its loop may then become a call, and it takes twice as long.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Apply(Span<float> logits)
    {
        if (logits.IsEmpty)
        {
            return;
        }

        float largest = RowSum.Maximum(logits);
        ref float start = ref MemoryMarshal.GetReference(logits);
        int i = 0;
        Vector<float> sums = default;
        var shift = new Vector<float>(largest);
        for (; i <= logits.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> weights = Exponential.Of(Vector.LoadUnsafe(ref start, (nuint)i) - shift);
            weights.StoreUnsafe(ref start, (nuint)i);
            sums += weights;
        }

        float sum = Vector.Sum(sums);
        for (; i < logits.Length; i++)
        {
            logits[i] = MathF.Exp(logits[i] - largest);
            sum += logits[i];
        }

        Vectors.Scale(1 / sum, logits);
    }

    /// <summary>Applies the softmax to every row of <paramref name="logits"/> [rows, columns] on its own.</summary>
    public static void ApplyRows(MatrixView logits)
    {
        for (int row = 0; row < logits.Rows; row++)
        {
            Apply(logits.Row(row));
        }
    }
}
