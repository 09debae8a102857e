namespace NestedLearning.Tensors;

/// <summary>
/// The backend that is always there: SIMD kernels in managed code, on 1 to N threads. Results are the same for every number
/// of threads. Its memory is pooled; <see cref="Tensor"/> says when a buffer returns to the pool.
/// </summary>
public sealed partial class ManagedBackend : ITensorBackend
{
    private readonly BufferPool _pool = new();
    private readonly int _threads;

    /// <summary>A backend with an empty pool. Small operations use one thread, however many there are.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public ManagedBackend(int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _threads = threads;
    }

    /// <inheritdoc/>
    public string Name => $"managed, {SimdLevel.Description}, {_threads} thread{(_threads == 1 ? "" : "s")}";

    /// <summary>What the tensors occupy at this moment.</summary>
    public PoolUsage Usage => _pool.Usage;

    /// <summary>Leaves idle buffers to the garbage collector, for example after the largest model is done.</summary>
    public void Trim() => _pool.Trim();

    /// <inheritdoc/>
    public Tensor Create(Shape shape, ReadOnlySpan<float> values)
    {
        ShapeRules.Values(nameof(Create), shape, values.Length);
        ManagedTensor result = Rent(shape);
        values.CopyTo(result.Values);
        return result;
    }

    /// <inheritdoc/>
    public Tensor Fill(Shape shape, double value)
    {
        ManagedTensor result = Rent(shape);
        result.Values.Fill((float)value);
        return result;
    }

    /// <inheritdoc/>
    public Tensor Uniform(Shape shape, ulong seed)
    {
        ManagedTensor result = Rent(shape);
        SeededValues.Uniform(seed, result.Values);
        return result;
    }

    /// <inheritdoc/>
    public Tensor Normal(Shape shape, ulong seed)
    {
        ManagedTensor result = Rent(shape);
        SeededValues.Normal(seed, result.Values);
        return result;
    }

    /// <inheritdoc/>
    public void Read(Tensor x, Span<float> values)
    {
        ShapeRules.Values(nameof(Read), x.Shape, values.Length);
        Own(x).Values.CopyTo(values);
    }

    /// <inheritdoc/>
    public bool AllFinite(Tensor x) => Vectors.AllFinite(Own(x).Values);

    private ManagedTensor Rent(Shape shape) => new(this, _pool.Rent(shape.ElementCount), 0, shape);

    private ManagedTensor Own(Tensor tensor) => tensor is ManagedTensor own && own.Backend == this
        ? own
        : throw new ArgumentException($"The {tensor} belongs to another backend than this ({Name}).", nameof(tensor));
}
