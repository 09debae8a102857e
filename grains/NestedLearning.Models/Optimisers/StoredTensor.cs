using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>A backend's tensors as the dense named tensors that states and versions are made of.</summary>
internal static class StoredTensor
{
    /// <summary>A copy of the values.</summary>
    public static DenseTensor Of(ITensorBackend backend, string name, Tensor value)
    {
        float[] values = new float[value.Shape.ElementCount];
        backend.Read(value, values);
        return new DenseTensor(name, [.. value.Shape], values);
    }

    /// <exception cref="TensorMissingException">There is no dense tensor of this name.</exception>
    /// <exception cref="ShapeException">It has another shape.</exception>
    public static DenseTensor Find(TensorSet tensors, string name, Shape shape)
    {
        DenseTensor tensor = tensors.Get<DenseTensor>(name);
        Shape stored = [.. tensor.Shape];
        return stored.Equals(shape) && tensor.Values.Length == shape.ElementCount
            ? tensor
            : throw new ShapeException("Load", name, $"{stored} with {tensor.Values.Length} values", shape.ToString());
    }
}
