using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// The folded updates since the base, exactly as they came, so that a fold saves what it added and not the whole level
/// anew. Once they outweigh the level's own state, that state becomes the new base.
/// </summary>
internal sealed class Journal
{
    private const string Bytes = "journal";
    private const string Lengths = "journal/lengths";

    private readonly List<ReadOnlyMemory<byte>> _frames = [];

    public IReadOnlyList<ReadOnlyMemory<byte>> Frames => _frames;

    public long SizeBytes { get; private set; }

    public void Append(ReadOnlyMemory<byte> frame)
    {
        _frames.Add(frame);
        SizeBytes += frame.Length;
    }

    public void Clear()
    {
        _frames.Clear();
        SizeBytes = 0;
    }

    public void Save(TensorSet state)
    {
        byte[] bytes = new byte[SizeBytes];
        int position = 0;
        foreach (ReadOnlyMemory<byte> frame in _frames)
        {
            frame.CopyTo(bytes.AsMemory(position));
            position += frame.Length;
        }

        state.Add(new BytesTensor(Bytes, bytes));
        state.Add(new IntegerTensor(Lengths, _frames.Select(frame => (long)frame.Length).ToArray()));
    }

    public void Load(TensorSet state)
    {
        ReadOnlyMemory<byte> bytes = state.Get<BytesTensor>(Bytes).Bytes;
        foreach (long length in state.Get<IntegerTensor>(Lengths).Values.Span)
        {
            Append(bytes[..(int)length]);
            bytes = bytes[(int)length..];
        }
    }
}
