using System.Buffers.Binary;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// The values of largest magnitude in each block of 4,096 of a dense tensor; its reader gets zeros for the others. In
/// front the number that a full block keeps, in two bytes; a shorter last block keeps as large a part, rounded up. Then
/// block by block the positions (<see cref="RisingPositions"/>) and the values as one run.
/// </summary>
/// <remarks>The length follows from the shape and that number, so a reader knows every size before it allocates.</remarks>
internal sealed class TopKCodec(FloatCoder coder, int kept) : TensorCodec<DenseTensor>
{
    /// <summary>The values of a block.</summary>
    public const int BlockLength = 4096;

    private const int HeaderBytes = sizeof(ushort);

    /// <summary>A value that is left out is smaller than those that are kept.</summary>
    public override ErrorBound Error { get; } = new(coder.Error.OfValue, 1, coder.Error.Absolute);

    public override bool Expands => true;

    public override NamedTensor Decode(TensorEntry entry, ReadOnlySpan<byte> payload, FrameLimits limits)
    {
        int count = entry.Elements(limits);
        entry.CheckHolds(HeaderBytes);
        int stated = BinaryPrimitives.ReadUInt16LittleEndian(payload);
        CheckKept(stated, entry.Name);
        entry.CheckLength(Size(count, stated));
        float[] values = new float[count];
        payload = payload[HeaderBytes..];
        Span<ushort> positions = stackalloc ushort[BlockLength];
        Span<float> chosen = stackalloc float[BlockLength];
        for (int start = 0; start < count; start += BlockLength)
        {
            Span<float> block = values.AsSpan(start, Math.Min(BlockLength, count - start));
            int number = KeptOf(block.Length, stated);
            RisingPositions where = new(number, block.Length);
            where.Read(payload, positions, entry.Name);
            int size = (int)coder.Size(number);
            coder.Decode(payload.Slice(where.Size, size), chosen[..number], entry.Name);
            for (int i = 0; i < number; i++)
            {
                block[positions[i]] = chosen[i];
            }

            payload = payload[(where.Size + size)..];
        }

        return new DenseTensor(entry.Name, entry.Shape, values);
    }

    protected override int[] Shape(DenseTensor tensor)
    {
        CheckKept(kept, tensor.Name);
        return ShapeRule.Check(tensor.Name, tensor.Shape, tensor.Values.Length);
    }

    protected override long Size(DenseTensor tensor) => Size(tensor.Values.Length, kept);

    protected override void Encode(DenseTensor tensor, Span<byte> payload)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(payload, (ushort)kept);
        payload = payload[HeaderBytes..];
        ReadOnlySpan<float> values = tensor.Values.Span;
        Span<ushort> positions = stackalloc ushort[BlockLength];
        Span<float> chosen = stackalloc float[BlockLength];
        while (!values.IsEmpty)
        {
            ReadOnlySpan<float> block = values[..Math.Min(BlockLength, values.Length)];
            int number = KeptOf(block.Length, kept);
            RisingPositions where = new(number, block.Length);
            Choose(block, positions[..number], chosen, tensor.Name);
            where.Write(positions[..number], payload);
            int size = (int)coder.Size(number);
            coder.Encode(chosen[..number], payload.Slice(where.Size, size), tensor.Name);
            values = values[block.Length..];
            payload = payload[(where.Size + size)..];
        }
    }

    private static void Choose(ReadOnlySpan<float> block, Span<ushort> positions, Span<float> chosen, string field)
    {
        Magnitude.Peak(block, field);
        TopKSelection.Select(block, positions);
        for (int i = 0; i < positions.Length; i++)
        {
            chosen[i] = block[positions[i]];
        }
    }

    private static int KeptOf(int length, int kept) => ((length * kept) + BlockLength - 1) / BlockLength;

    private long Size(int count, int number)
    {
        (int blocks, int rest) = Math.DivRem(count, BlockLength);
        return HeaderBytes + (blocks * BlockSize(BlockLength, number)) + BlockSize(rest, KeptOf(rest, number));
    }

    private long BlockSize(int length, int number) => new RisingPositions(number, length).Size + coder.Size(number);

    private static void CheckKept(int number, string field)
    {
        if (number is < 1 or > BlockLength)
        {
            throw new FrameException(
                FrameProblem.BadValue, field, $"keeps {number} of {BlockLength} values, accepted are 1 to {BlockLength}");
        }
    }
}
