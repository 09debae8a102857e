using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>Updates one after another, exactly as they came, as three tensors of a state.</summary>
internal static class FramePack
{
    private const string LengthsSuffix = "/lengths";
    private const string TimesSuffix = "/times";

    public static void Save(TensorSet state, string name, IReadOnlyCollection<StoredUpdate> updates)
    {
        byte[] bytes = new byte[updates.Sum(update => (long)update.Frame.Length)];
        int position = 0;
        foreach (StoredUpdate update in updates)
        {
            update.Frame.CopyTo(bytes.AsMemory(position));
            position += update.Frame.Length;
        }

        state.Add(new BytesTensor(name, bytes));
        state.Add(new IntegerTensor(name + LengthsSuffix, updates.Select(update => (long)update.Frame.Length).ToArray()));
        state.Add(new IntegerTensor(name + TimesSuffix, updates.Select(update => update.At).ToArray()));
    }

    public static IReadOnlyList<StoredUpdate> Load(TensorSet state, string name)
    {
        ReadOnlyMemory<byte> bytes = state.Get<BytesTensor>(name).Bytes;
        ReadOnlySpan<long> lengths = state.Get<IntegerTensor>(name + LengthsSuffix).Values.Span;
        ReadOnlySpan<long> times = state.Get<IntegerTensor>(name + TimesSuffix).Values.Span;
        List<StoredUpdate> updates = [];
        for (int i = 0; i < lengths.Length; i++)
        {
            updates.Add(new StoredUpdate(bytes[..(int)lengths[i]], times[i]));
            bytes = bytes[(int)lengths[i]..];
        }

        return updates;
    }
}
