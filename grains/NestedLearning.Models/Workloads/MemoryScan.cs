using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>Matrix memories written and read over a batch of sequences, on any backend, with the gradients of all operands.</summary>
public sealed class MemoryScan : IDisposable
{
    private const int ChunkLength = 16;

    private readonly ITensorBackend _backend;
    private readonly DeltaOperands<Tensor> _operands;
    private readonly Tensor _gradient;

    /// <summary>Memories [<paramref name="size"/>, <paramref name="size"/>], one for each sequence and head.</summary>
    public MemoryScan(ITensorBackend backend, int sequences, int heads, int time, int size)
    {
        _backend = backend;
        Shape tokens = [sequences, heads, time, size];
        Shape gates = [sequences, heads, time];
        using Tensor keys = backend.Normal(tokens, 1);
        using Tensor forgotten = backend.Uniform(gates, 2);
        _operands = new DeltaOperands<Tensor>(
            backend.Normal(tokens, 3),
            backend.Normalize(Normalization.Unit, keys, 1e-12),
            backend.Normal(tokens, 4),
            backend.Uniform(gates, 5),
            backend.Affine(forgotten, -0.1, 0),
            backend.Fill([sequences, heads, size, size], 0));
        _gradient = backend.Normal(tokens, 6);
    }

    /// <summary>One scan and the gradients of all its operands.</summary>
    public void Run()
    {
        DeltaScanResult result = _backend.DeltaScan(_operands, ChunkLength, forGradients: true);
        Tensor[] gradients = _backend.DeltaScanGradients(_operands, result, _gradient, null, ChunkLength).ToArray();
        Array.ForEach([result.Reads, result.State, .. gradients], tensor => tensor.Dispose());
        result.Kept?.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach([_gradient, .. _operands.ToArray()], tensor => tensor.Dispose());
}
