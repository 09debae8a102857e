using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>Bytes as they are. Shape [count].</summary>
internal sealed class BytesCodec : TensorCodec<BytesTensor>
{
    public override NamedTensor Decode(TensorEntry entry, ReadOnlySpan<byte> payload, FrameLimits limits)
    {
        entry.CheckLength(entry.Count(limits));
        return new BytesTensor(entry.Name, payload.ToArray());
    }

    protected override int[] Shape(BytesTensor tensor) => [tensor.Bytes.Length];

    protected override long Size(BytesTensor tensor) => tensor.Bytes.Length;

    protected override void Encode(BytesTensor tensor, Span<byte> payload) => tensor.Bytes.Span.CopyTo(payload);
}
