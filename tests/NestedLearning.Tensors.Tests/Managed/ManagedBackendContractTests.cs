using NestedLearning.Tensors.Tests.Backends;

namespace NestedLearning.Tensors.Tests.Managed;

public sealed class ManagedBackendContractTests : TensorBackendContract
{
    protected override ITensorBackend Backend { get; } = new ManagedBackend(threads: 2);
}
