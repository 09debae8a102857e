using NestedLearning.Tensors.Contracts;

namespace NestedLearning.Tensors.Tests.Autodiff;

/// <summary>The rules themselves, where nothing is rounded: a wrong one shows in the seventh digit.</summary>
public sealed class GradientTests : GradientContract
{
    private readonly Float64Backend _backend = new();

    protected override ITensorBackend Backend => _backend;

    protected override long BytesInUse => (long)_backend.Alive * sizeof(double);

    protected override double Tolerance => 1e-7;

    protected override double SecondTolerance => 1e-6;
}
