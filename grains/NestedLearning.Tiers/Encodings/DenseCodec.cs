using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>A dense float32 tensor: its values in blocks, in the order in which they lie.</summary>
internal sealed class DenseCodec(FloatCoder coder) : TensorCodec<DenseTensor>
{
    public override ErrorBound Error => coder.Error;

    public override NamedTensor Decode(TensorEntry entry, ReadOnlySpan<byte> payload, FrameLimits limits)
    {
        int count = entry.Elements(limits);
        entry.CheckLength(Size(count));
        float[] values = GC.AllocateUninitializedArray<float>(count);
        for (int start = 0; start < count; start += coder.BlockLength)
        {
            Span<float> block = values.AsSpan(start, Math.Min(coder.BlockLength, count - start));
            int size = (int)coder.Size(block.Length);
            coder.Decode(payload[..size], block, entry.Name);
            payload = payload[size..];
        }

        return new DenseTensor(entry.Name, entry.Shape, values);
    }

    protected override int[] Shape(DenseTensor tensor) => ShapeRule.Check(tensor.Name, tensor.Shape, tensor.Values.Length);

    protected override long Size(DenseTensor tensor) => Size(tensor.Values.Length);

    protected override void Encode(DenseTensor tensor, Span<byte> payload)
    {
        ReadOnlySpan<float> values = tensor.Values.Span;
        while (!values.IsEmpty)
        {
            ReadOnlySpan<float> block = values[..Math.Min(coder.BlockLength, values.Length)];
            int size = (int)coder.Size(block.Length);
            coder.Encode(block, payload[..size], tensor.Name);
            values = values[block.Length..];
            payload = payload[size..];
        }
    }

    private long Size(int count)
    {
        (int blocks, int rest) = Math.DivRem(count, coder.BlockLength);
        return (blocks * coder.Size(coder.BlockLength)) + coder.Size(rest);
    }
}
