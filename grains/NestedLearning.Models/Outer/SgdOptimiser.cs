using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>Gradient descent, <c>θ ← θ − η g</c> (Nested Learning, Eq. 71 with f the gradient). It remembers nothing.</summary>
internal sealed class SgdOptimiser(float learningRate) : IOuterOptimiser
{
    public void Step(ReadOnlySpan<float> direction, Span<float> parameters) => Vectors.Axpy(-learningRate, direction, parameters);

    public void Save(TensorSet state, DenseLayout layout)
    {
    }

    public void Load(TensorSet state, DenseLayout layout)
    {
    }
}
