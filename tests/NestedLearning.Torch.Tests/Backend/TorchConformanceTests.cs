using NestedLearning.Torch.Tests.Requirements;

namespace NestedLearning.Torch.Tests.Backend;

[RequiresTorch]
public sealed class TorchConformanceTests : ConformanceTests
{
    protected override TorchDevice Device => TorchDevice.Cpu;
}
