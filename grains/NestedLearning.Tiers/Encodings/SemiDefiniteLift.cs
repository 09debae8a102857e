using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// Keeps a matrix of sums of squares semi-definite through a coarse coding: its diagonal is raised by as small a part as
/// makes what readers get semi-definite. A raised diagonal acts like a ridge in proportion to a feature's own energy.
/// </summary>
internal static class SemiDefiniteLift
{
    private const float FirstPart = 1 / 256f;

    /// <summary>The matrix to encode in place of this one; null when even twice the diagonal is not enough.</summary>
    public static SymmetricTensor? Apply(SymmetricTensor matrix)
    {
        SymmetricInt8Codec codec = new();
        byte[] payload = new byte[codec.Size(matrix)];
        for (float part = 0; part <= 1; part = Math.Max(FirstPart, 2 * part))
        {
            SymmetricTensor lifted = Raise(matrix, 1 + part);
            if (IsSafe(lifted, codec, payload))
            {
                return lifted;
            }
        }

        return null;
    }

    private static bool IsSafe(SymmetricTensor matrix, SymmetricInt8Codec codec, byte[] payload)
    {
        codec.Encode((NamedTensor)matrix, payload);
        TensorEntry entry = new(matrix.Name, TensorEncoding.SymmetricInt8, [matrix.Size], 0, payload.Length);
        SymmetricTensor read = (SymmetricTensor)codec.Decode(entry, payload, StateFrames.Limits);
        return SemiDefinite.Holds(read.Triangle.Span, read.Size);
    }

    private static SymmetricTensor Raise(SymmetricTensor matrix, float factor)
    {
        float[] triangle = matrix.Triangle.ToArray();
        for (int row = 0, start = 0; row < matrix.Size; start += ++row)
        {
            triangle[start + row] *= factor;
        }

        return matrix with { Triangle = triangle };
    }
}
