using NestedLearning.Tensors;
using NestedLearning.Tensors.Contracts;

namespace NestedLearning.Models.Tests.Optimisers;

public sealed class ManagedOptimiserTests : OptimiserContract
{
    private readonly ManagedBackend _backend = new(threads: 2);

    protected override ITensorBackend Backend => _backend;

    protected override long BytesInUse => _backend.Usage.BytesInUse;
}
