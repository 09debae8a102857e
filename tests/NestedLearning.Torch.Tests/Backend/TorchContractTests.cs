using NestedLearning.Tensors;
using NestedLearning.Tensors.Contracts;
using NestedLearning.Torch.Tests.Requirements;

namespace NestedLearning.Torch.Tests.Backend;

[RequiresTorch]
public sealed class TorchContractTests : TensorBackendContract
{
    private readonly TorchBackend _backend = new();

    protected override ITensorBackend Backend => _backend;

    protected override long BytesInUse => _backend.BytesInUse;
}
