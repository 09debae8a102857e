using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>What learning spends its time on, ready to be run on one backend: products, row by row operations, and whole steps.</summary>
public sealed class Workloads : IDisposable
{
    private readonly ITensorBackend _backend;
    private readonly List<IDisposable> _operands = [];
    private readonly Tensor _mark;

    /// <summary>Workloads with random operands, the same on every backend.</summary>
    public Workloads(ITensorBackend backend, WorkloadSizes sizes)
    {
        _backend = backend;
        _mark = Kept(backend.Fill([1], 0));
        Perceptron network = Kept(new Perceptron(backend, sizes.Width, sizes.Hidden, sizes.Batch));
        MemoryScan scan = Kept(new MemoryScan(backend, sizes.Sequences, heads: 4, time: 64, size: 32));
        string layers = $"{sizes.Width}-{sizes.Hidden}-{sizes.Width}";
        All =
        [
            .. sizes.Products.Select(edge => Product([edge, edge], [edge, edge])),
            Product([sizes.Batch, sizes.Width], [sizes.Width, sizes.Hidden]),
            Product([256, 32, 32], [256, 32, 32]),
            Product([64, 64, 64], [64, 64, 64]),
            Rows("softmax", sizes, backend.Softmax),
            Rows("layer norm", sizes, x => backend.Normalize(Normalization.Layer, x, 1e-5)),
            Rows("gelu", sizes, x => backend.Apply(UnaryOperation.Gelu, x)),
            new Workload($"delta scan [{sizes.Sequences}, 4, 64, 32] and its gradients", 0, Waiting(scan.Run)),
            new Workload($"AdamW step, {layers}", 0, Waiting(network.Step)),
            new Workload($"training step, {layers}, batch of {sizes.Batch}", TrainingOperations(sizes), () => network.Train()),
        ];
    }

    /// <summary>All of them, in the order in which they are listed.</summary>
    public IReadOnlyList<Workload> All { get; }

    /// <inheritdoc/>
    public void Dispose() => _operands.ForEach(operand => operand.Dispose());

    /// <summary>Forwards each layer once, backwards its weights, and for the second its inputs: five products.</summary>
    private static double TrainingOperations(WorkloadSizes sizes) => 5 * 2.0 * sizes.Batch * sizes.Width * sizes.Hidden;

    private Workload Product(Shape x, Shape y)
    {
        Tensor left = Kept(_backend.Normal(x, 1));
        Tensor right = Kept(_backend.Normal(y, 2));
        return new Workload(
            $"product {x} {y}", 2.0 * x.ElementCount * y[^1], Waiting(() => _backend.MatrixMultiply(left, right, false, false).Dispose()));
    }

    private Workload Rows(string name, WorkloadSizes sizes, Func<Tensor, Tensor> operation)
    {
        Tensor x = Kept(_backend.Normal([sizes.Rows, sizes.Width], 1));
        return new Workload($"{name} {x.Shape}", 0, Waiting(() => operation(x).Dispose()));
    }

    /// <summary>A device computes behind the caller's back and in order, so reading a number waits for all before.</summary>
    private Action Waiting(Action compute) => () =>
    {
        compute();
        Span<float> number = stackalloc float[1];
        _backend.Read(_mark, number);
    };

    private T Kept<T>(T operand)
        where T : IDisposable
    {
        _operands.Add(operand);
        return operand;
    }
}
