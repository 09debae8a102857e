using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// Integers as zigzag varints of the difference to the one before (the first to 0), modulo 2^64. Shape [count].
/// </summary>
internal sealed class IntegerCodec : TensorCodec<IntegerTensor>
{
    public override NamedTensor Decode(TensorEntry entry, ReadOnlySpan<byte> payload, FrameLimits limits)
    {
        int count = entry.Count(limits);
        entry.CheckHolds(count);
        long[] values = GC.AllocateUninitializedArray<long>(count);
        ByteReader reader = new(payload);
        long last = 0;
        for (int i = 0; i < values.Length; i++)
        {
            last = unchecked(last + Varint.UnZigZag(reader.Varint(entry.Name)));
            values[i] = last;
        }

        entry.CheckLength(reader.Position);
        return new IntegerTensor(entry.Name, values);
    }

    protected override int[] Shape(IntegerTensor tensor) => [tensor.Values.Length];

    protected override long Size(IntegerTensor tensor)
    {
        long size = 0;
        long last = 0;
        foreach (long value in tensor.Values.Span)
        {
            size += Varint.Size(Varint.ZigZag(unchecked(value - last)));
            last = value;
        }

        return size;
    }

    protected override void Encode(IntegerTensor tensor, Span<byte> payload)
    {
        long last = 0;
        foreach (long value in tensor.Values.Span)
        {
            payload = payload[Varint.Write(payload, Varint.ZigZag(unchecked(value - last)))..];
            last = value;
        }
    }
}
