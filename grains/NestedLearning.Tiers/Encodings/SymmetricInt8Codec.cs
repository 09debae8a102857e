using System.Buffers;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// A symmetric matrix with a diagonal d of no negative value: d in float32, then of each row i from 1 on its values left of
/// the diagonal, divided by <c>sqrt(d_i) sqrt(d_j)</c>, as one run of int8. Shape [size].
/// </summary>
/// <remarks>
/// Relative to the diagonal, because then a feature's coding error is a part of its own energy: rare features keep their
/// precision beside frequent ones. A value whose share of the diagonal is 0 travels as 0.
/// </remarks>
internal sealed class SymmetricInt8Codec : TensorCodec<SymmetricTensor>
{
    private static readonly Float32Coder Exact = new();
    private static readonly Int8Coder Coarse = new();

    /// <summary>Half a step of the largest share in the row; a share is 1 at most in a semi-definite matrix.</summary>
    public override ErrorBound Error { get; } = new(0, 1 / 252.0, float.Epsilon);

    public override NamedTensor Decode(TensorEntry entry, ReadOnlySpan<byte> payload, FrameLimits limits)
    {
        int size = entry.Count(limits);
        entry.CheckCount(SymmetricCodec.Elements(size), limits);
        entry.CheckLength(Size(size));
        float[] triangle = new float[SymmetricCodec.Elements(size)];
        float[] roots = new float[size];
        CodedRun.Decode(Exact, payload[..(sizeof(float) * size)], roots, entry.Name);
        payload = payload[(sizeof(float) * size)..];
        for (int row = 0, start = 0; row < size; start += ++row)
        {
            triangle[start + row] = roots[row];
            roots[row] = Root(roots[row], entry.Name);
            Span<float> shares = triangle.AsSpan(start, row);
            int length = (int)Coarse.Size(row);
            Coarse.Decode(payload[..length], shares, entry.Name);
            payload = payload[length..];
            for (int column = 0; column < row; column++)
            {
                shares[column] *= roots[row] * roots[column];
            }

            Magnitude.Peak(shares, entry.Name);
        }

        return new SymmetricTensor(entry.Name, size, triangle);
    }

    protected override int[] Shape(SymmetricTensor tensor) => SymmetricCodec.CheckedShape(tensor);

    protected override long Size(SymmetricTensor tensor) => Size(tensor.Size);

    protected override void Encode(SymmetricTensor tensor, Span<byte> payload)
    {
        int size = tensor.Size;
        ReadOnlySpan<float> triangle = tensor.Triangle.Span;
        float[] rented = ArrayPool<float>.Shared.Rent(2 * size);
        Span<float> roots = rented.AsSpan(0, size);
        Span<float> shares = rented.AsSpan(size, size);
        for (int row = 0; row < size; row++)
        {
            shares[row] = triangle[(row * (row + 1) / 2) + row];
            roots[row] = Root(shares[row], tensor.Name);
        }

        CodedRun.Encode(Exact, shares, payload[..(sizeof(float) * size)], tensor.Name);
        payload = payload[(sizeof(float) * size)..];
        for (int row = 1; row < size; row++)
        {
            ReadOnlySpan<float> values = triangle.Slice(row * (row + 1) / 2, row);
            for (int column = 0; column < row; column++)
            {
                float scale = roots[row] * roots[column];
                shares[column] = scale > 0 ? values[column] / scale : 0;
            }

            int length = (int)Coarse.Size(row);
            Coarse.Encode(shares[..row], payload[..length], tensor.Name);
            payload = payload[length..];
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    private static float Root(float energy, string field) => energy >= 0
        ? MathF.Sqrt(energy)
        : throw new FrameException(FrameProblem.BadValue, field, $"has {energy} on its diagonal, accepted is 0 or more");

    private static long Size(long size) => (2 * sizeof(float) * size) - (size == 0 ? 0 : sizeof(float)) + (size * (size - 1) / 2);
}
