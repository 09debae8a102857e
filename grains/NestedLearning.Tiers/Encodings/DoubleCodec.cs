using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>A dense float64 tensor as it is: 8 bytes a value, exact to the bit.</summary>
internal sealed class DoubleCodec : TensorCodec<DoubleTensor>
{
    public override NamedTensor Decode(TensorEntry entry, ReadOnlySpan<byte> payload, FrameLimits limits)
    {
        int count = entry.Elements(limits);
        entry.CheckLength((long)sizeof(double) * count);
        double[] values = GC.AllocateUninitializedArray<double>(count);
        LittleEndian.Read(payload, values);
        Magnitude.CheckFinite(values, entry.Name);
        return new DoubleTensor(entry.Name, entry.Shape, values);
    }

    protected override int[] Shape(DoubleTensor tensor) => ShapeRule.Check(tensor.Name, tensor.Shape, tensor.Values.Length);

    protected override long Size(DoubleTensor tensor) => (long)sizeof(double) * tensor.Values.Length;

    protected override void Encode(DoubleTensor tensor, Span<byte> payload)
    {
        Magnitude.CheckFinite(tensor.Values.Span, tensor.Name);
        LittleEndian.Write(tensor.Values.Span, payload);
    }
}
