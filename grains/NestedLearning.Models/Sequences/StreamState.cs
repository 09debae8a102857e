using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// What a model knows of streams, its level 0: the memories that they have written to. It does not grow with their length, but for softmax
/// attention, and there up to its length. It can be saved and go on elsewhere.
/// </summary>
public sealed class StreamState : IDisposable
{
    internal const string Numbers = "stream";

    private readonly ITensorBackend _backend;

    internal StreamState(ITensorBackend backend, int streams, long position, IReadOnlyList<Tensor[]> blocks)
    {
        _backend = backend;
        Streams = streams;
        Position = position;
        Blocks = blocks;
    }

    /// <summary>How many streams there are.</summary>
    public int Streams { get; }

    /// <summary>How many tokens each has had.</summary>
    public long Position { get; }

    /// <summary>What each block knows.</summary>
    internal IReadOnlyList<Tensor[]> Blocks { get; }

    /// <summary>The whole state as named tensors.</summary>
    public TensorSet Save()
    {
        TensorSet saved = [new IntegerTensor(Numbers, new[] { Streams, Position }.Concat(Blocks.Select(block => (long)block.Length)).ToArray())];
        for (int block = 0; block < Blocks.Count; block++)
        {
            for (int i = 0; i < Blocks[block].Length; i++)
            {
                saved.Add(StoredTensor.Of(_backend, NameOf(block, i), Blocks[block][i]));
            }
        }

        return saved;
    }

    /// <summary>Takes up what <see cref="Save"/> gave, for a model of the same settings.</summary>
    /// <exception cref="TensorMissingException">A part is missing.</exception>
    public static StreamState Load(ITensorBackend backend, TensorSet saved)
    {
        long[] numbers = saved.Get<IntegerTensor>(Numbers).Values.ToArray();
        Tensor[][] blocks = [.. numbers[2..].Select((count, block) => Enumerable.Range(0, (int)count)
            .Select(i => saved.Get<DenseTensor>(NameOf(block, i)))
            .Select(tensor => backend.Create(Shape.Create([.. tensor.Shape]), tensor.Values.Span))
            .ToArray())];
        return new StreamState(backend, (int)numbers[0], numbers[1], blocks);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in Blocks.SelectMany(block => block))
        {
            tensor.Dispose();
        }
    }

    internal static string NameOf(int block, int part) => FormattableString.Invariant($"stream/{block}/{part}");
}
