using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>A dense float32 tensor: its values in blocks, in the order in which they lie.</summary>
internal sealed class DenseCodec(FloatCoder coder) : TensorCodec<DenseTensor>
{
    public override ErrorBound Error => coder.Error;

    public override NamedTensor Decode(TensorEntry entry, ReadOnlySpan<byte> payload, FrameLimits limits)
    {
        int count = entry.Elements(limits);
        entry.CheckLength(CodedRun.Size(coder, count));
        float[] values = GC.AllocateUninitializedArray<float>(count);
        CodedRun.Decode(coder, payload, values, entry.Name);
        return new DenseTensor(entry.Name, entry.Shape, values);
    }

    protected override int[] Shape(DenseTensor tensor) => ShapeRule.Check(tensor.Name, tensor.Shape, tensor.Values.Length);

    protected override long Size(DenseTensor tensor) => CodedRun.Size(coder, tensor.Values.Length);

    protected override void Encode(DenseTensor tensor, Span<byte> payload) =>
        CodedRun.Encode(coder, tensor.Values.Span, payload, tensor.Name);
}
