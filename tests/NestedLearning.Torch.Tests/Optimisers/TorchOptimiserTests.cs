using NestedLearning.Tensors;
using NestedLearning.Tensors.Contracts;
using NestedLearning.Torch.Tests.Requirements;

namespace NestedLearning.Torch.Tests.Optimisers;

[RequiresTorch]
public sealed class TorchOptimiserTests : OptimiserContract
{
    private readonly TorchBackend _backend = new();

    protected override ITensorBackend Backend => _backend;

    protected override long BytesInUse => _backend.BytesInUse;
}
