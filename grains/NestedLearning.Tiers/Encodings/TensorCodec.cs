using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>One encoding of one kind of tensor: its size, both directions and the error it makes.</summary>
internal abstract class TensorCodec
{
    /// <summary>The largest difference between a tensor and what its reader gets.</summary>
    public abstract ErrorBound Error { get; }

    /// <summary>Whether a payload may stand for far more values than its length suggests; a reader then has a limit for all of them.</summary>
    public virtual bool Expands => false;

    /// <summary>The shape for the directory; with it a reader knows the sizes before it allocates.</summary>
    /// <exception cref="FrameException">The shape does not fit the values.</exception>
    public abstract int[] Shape(NamedTensor tensor);

    /// <summary>The exact length of the payload in bytes.</summary>
    public abstract long Size(NamedTensor tensor);

    /// <summary>Writes the payload, which is as long as <see cref="Size"/> says.</summary>
    /// <exception cref="FrameException">A value cannot be written.</exception>
    public abstract void Encode(NamedTensor tensor, Span<byte> payload);

    /// <summary>Reads a payload into arrays of its own; allocates only what the payload's length justifies.</summary>
    /// <exception cref="FrameException">The shape or the payload is refused.</exception>
    public abstract NamedTensor Decode(TensorEntry entry, ReadOnlySpan<byte> payload, FrameLimits limits);
}

/// <summary>A codec that is written in terms of its own kind of tensor.</summary>
internal abstract class TensorCodec<T> : TensorCodec
    where T : NamedTensor
{
    public override ErrorBound Error => ErrorBound.Exact;

    public sealed override int[] Shape(NamedTensor tensor) => Shape(Cast(tensor));

    public sealed override long Size(NamedTensor tensor) => Size(Cast(tensor));

    public sealed override void Encode(NamedTensor tensor, Span<byte> payload) => Encode(Cast(tensor), payload);

    protected abstract int[] Shape(T tensor);

    protected abstract long Size(T tensor);

    protected abstract void Encode(T tensor, Span<byte> payload);

    private T Cast(NamedTensor tensor) =>
        tensor as T ?? throw new FrameException(
            FrameProblem.UnknownEncoding, tensor.Name, $"is a {tensor.GetType().Name}, which {GetType().Name} cannot write");
}
