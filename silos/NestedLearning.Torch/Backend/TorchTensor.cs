using NestedLearning.Tensors;
using TorchSharp;

namespace NestedLearning.Torch;

/// <summary>A tensor of libtorch, perhaps one that looks at the memory of others.</summary>
internal sealed class TorchTensor(TorchBackend backend, torch.Tensor value, TorchAllocation allocation, Shape shape) : Tensor(shape)
{
    private torch.Tensor? _value = value;

    /// <summary>The backend that made it.</summary>
    public TorchBackend Backend { get; } = backend;

    /// <summary>The tensor of libtorch.</summary>
    /// <exception cref="ObjectDisposedException">The tensor has been disposed.</exception>
    public torch.Tensor Value => _value ?? throw new ObjectDisposedException(ToString());

    /// <summary>Whether another tensor looks at the same memory.</summary>
    public bool IsShared => allocation.IsShared;

    /// <summary>A tensor that looks at the same memory.</summary>
    public TorchTensor Share(torch.Tensor view, Shape other)
    {
        allocation.Hold();
        return new TorchTensor(Backend, view, allocation, other);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _value, null) is { } value)
        {
            value.Dispose();
            allocation.Release();
        }
    }
}
