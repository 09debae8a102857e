using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>Frames one after another, exactly as they came, as two tensors of a state.</summary>
internal static class FramePack
{
    private const string LengthsSuffix = "/lengths";

    public static void Save(TensorSet state, string name, IReadOnlyCollection<ReadOnlyMemory<byte>> frames)
    {
        byte[] bytes = new byte[frames.Sum(frame => (long)frame.Length)];
        int position = 0;
        foreach (ReadOnlyMemory<byte> frame in frames)
        {
            frame.CopyTo(bytes.AsMemory(position));
            position += frame.Length;
        }

        state.Add(new BytesTensor(name, bytes));
        state.Add(new IntegerTensor(name + LengthsSuffix, frames.Select(frame => (long)frame.Length).ToArray()));
    }

    public static IReadOnlyList<ReadOnlyMemory<byte>> Load(TensorSet state, string name)
    {
        ReadOnlyMemory<byte> bytes = state.Get<BytesTensor>(name).Bytes;
        List<ReadOnlyMemory<byte>> frames = [];
        foreach (long length in state.Get<IntegerTensor>(name + LengthsSuffix).Values.Span)
        {
            frames.Add(bytes[..(int)length]);
            bytes = bytes[(int)length..];
        }

        return frames;
    }
}
