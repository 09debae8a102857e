using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>A symmetric matrix as its lower triangle, row by row in float32. Shape [size].</summary>
internal sealed class SymmetricCodec : TensorCodec<SymmetricTensor>
{
    private static readonly Float32Coder Coder = new();

    public override NamedTensor Decode(TensorEntry entry, ReadOnlySpan<byte> payload, FrameLimits limits)
    {
        int size = entry.Count(limits);
        long elements = Elements(size);
        entry.CheckCount(elements, limits);
        entry.CheckLength(sizeof(float) * elements);
        float[] triangle = GC.AllocateUninitializedArray<float>((int)elements);
        CodedRun.Decode(Coder, payload, triangle, entry.Name);
        return new SymmetricTensor(entry.Name, size, triangle);
    }

    /// <summary>The values of a triangle with this many rows.</summary>
    public static long Elements(long size) => size * (size + 1) / 2;

    /// <summary>The only dimension of a matrix that is about to be written.</summary>
    /// <exception cref="FrameException">It does not fit the values.</exception>
    public static int[] CheckedShape(SymmetricTensor tensor) => tensor.Size >= 0 && Elements(tensor.Size) == tensor.Triangle.Length
        ? [tensor.Size]
        : throw new FrameException(
            FrameProblem.BadShape, tensor.Name, $"has {tensor.Size} rows for {tensor.Triangle.Length} values, accepted are those of a triangle");

    protected override int[] Shape(SymmetricTensor tensor) => CheckedShape(tensor);

    protected override long Size(SymmetricTensor tensor) => sizeof(float) * (long)tensor.Triangle.Length;

    protected override void Encode(SymmetricTensor tensor, Span<byte> payload) =>
        CodedRun.Encode(Coder, tensor.Triangle.Span, payload, tensor.Name);
}
