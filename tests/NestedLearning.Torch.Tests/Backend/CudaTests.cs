using NestedLearning.Tensors;
using NestedLearning.Tensors.Contracts;
using NestedLearning.Torch.Tests.Requirements;

namespace NestedLearning.Torch.Tests.Backend;

[RequiresCuda]
public sealed class CudaContractTests : TensorBackendContract
{
    private readonly TorchBackend _backend = new(new TorchOptions { Device = TorchDevice.Cuda() });

    protected override ITensorBackend Backend => _backend;

    protected override long BytesInUse => _backend.BytesInUse;

    protected override double LeastTolerance => 1e-3;
}

[RequiresCuda]
public sealed class CudaGradientTests : GradientContract
{
    private readonly TorchBackend _backend = new(new TorchOptions { Device = TorchDevice.Cuda() });

    protected override ITensorBackend Backend => _backend;

    protected override long BytesInUse => _backend.BytesInUse;

    protected override double Tolerance => 1e-3;
}

[RequiresCuda]
public sealed class CudaConformanceTests : ConformanceTests
{
    protected override TorchDevice Device => TorchDevice.Cuda();
}
