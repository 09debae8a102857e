using NestedLearning.Tensors.Contracts;

namespace NestedLearning.Tensors.Tests.Managed;

public sealed class ManagedBackendContractTests : TensorBackendContract
{
    private readonly ManagedBackend _backend = new(threads: 2);

    protected override ITensorBackend Backend => _backend;

    protected override long BytesInUse => _backend.Usage.BytesInUse;
}
