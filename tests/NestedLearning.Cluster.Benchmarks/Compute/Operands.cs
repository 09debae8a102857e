using NestedLearning.Tensors;
using TorchSharp;

namespace NestedLearning.Cluster.Benchmarks;

/// <summary>The same standard normal values for both, and single operations on them.</summary>
internal sealed class Operands : IDisposable
{
    private readonly ManagedBackend _backend;
    private readonly Tensor _managedX;
    private readonly Tensor _managedY;
    private readonly torch.Tensor _torchX;
    private readonly torch.Tensor _torchY;

    private Operands(ManagedBackend backend, Shape x, Shape y)
    {
        _backend = backend;
        (_managedX, _torchX) = Create(x, 1);
        (_managedY, _torchY) = Create(y, 2);
    }

    /// <summary>The contest of an operation with two operands.</summary>
    public static Operands Of(ManagedBackend backend, Shape x, Shape y) => new(backend, x, y);

    public Contest Contest(
        string name, Func<ManagedBackend, Tensor, Tensor, Tensor> managed, Func<torch.Tensor, torch.Tensor, torch.Tensor> torch) => new(
            name,
            () => managed(_backend, _managedX, _managedY).Dispose(),
            () => torch(_torchX, _torchY).Dispose());

    public void Dispose()
    {
        _managedX.Dispose();
        _managedY.Dispose();
        _torchX.Dispose();
        _torchY.Dispose();
    }

    private (Tensor Managed, torch.Tensor Torch) Create(Shape shape, ulong seed)
    {
        float[] values = new float[shape.ElementCount];
        SeededValues.Normal(seed, values);
        return (_backend.Create(shape, values), torch.tensor(values, [.. shape.Select(size => (long)size)]));
    }
}
