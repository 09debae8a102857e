namespace NestedLearning.Tensors;

/// <summary>
/// A dense array of float32 values on one backend. It never changes, so operations may share its memory, until its owner gives it
/// to an operation that takes it over, such as <see cref="ITensorBackend.Blend"/>.
/// </summary>
/// <remarks>
/// Whoever gets a tensor from a backend owns it and disposes it once. Tensors that share memory, such as the two sides of a
/// reshape, are disposed independently; the memory goes back to the backend with the last of them. A tensor that is never
/// disposed is collected as garbage: its memory is then lost to the backend's pool, not leaked.
/// </remarks>
public abstract class Tensor(Shape shape) : IDisposable
{
    /// <summary>The sizes of the axes.</summary>
    public Shape Shape { get; } = shape;

    /// <summary>Gives the memory up. Disposing twice does nothing; using it afterwards is an error.</summary>
    public abstract void Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"tensor {Shape}";
}
