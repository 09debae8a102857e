namespace NestedLearning.Tensors.Contracts;

/// <summary>A tensor of the float64 reference, which counts how many of its kind are alive.</summary>
public sealed class Float64Tensor : Tensor
{
    private readonly Float64Backend _backend;
    private bool _disposed;

    public Float64Tensor(Float64Backend backend, Shape shape, double[] values)
        : base(shape)
    {
        Assert.Equal(shape.ElementCount, values.Length);
        _backend = backend;
        backend.Alive++;
        Values = values;
    }

    public double[] Values
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return field;
        }
    }

    /// <summary>The element at <paramref name="index"/> of a shape that this one broadcasts to.</summary>
    public double At(ReadOnlySpan<int> index)
    {
        int position = 0;
        for (int axis = 0; axis < Shape.Rank; axis++)
        {
            int place = Shape[axis] == 1 ? 0 : index[axis + index.Length - Shape.Rank];
            position = (position * Shape[axis]) + place;
        }

        return Values[position];
    }

    public override void Dispose()
    {
        _backend.Alive -= _disposed ? 0 : 1;
        _disposed = true;
    }
}
