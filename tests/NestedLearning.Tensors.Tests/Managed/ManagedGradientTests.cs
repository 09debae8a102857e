using NestedLearning.Tensors.Contracts;

namespace NestedLearning.Tensors.Tests.Managed;

public sealed class ManagedGradientTests : GradientContract
{
    private readonly ManagedBackend _backend = new();

    protected override ITensorBackend Backend => _backend;

    protected override long BytesInUse => _backend.Usage.BytesInUse;
}
