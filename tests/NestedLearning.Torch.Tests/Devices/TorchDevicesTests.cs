using NestedLearning.Tensors.Contracts;
using NestedLearning.Torch.Tests.Requirements;

namespace NestedLearning.Torch.Tests.Devices;

[RequiresTorch]
public sealed class TorchDevicesTests
{
    [ContractFact]
    public void All_HasTheProcessorFirst() => Assert.Equal(TorchDevice.Cpu, TorchDevices.All[0]);

    [ContractFact]
    public void CudaProblem_IsThereUnlessADeviceIs() => Assert.Equal(TorchDevices.All.Count == 1, TorchDevices.CudaProblem is not null);

    [ContractFact]
    public void Backend_OnADeviceThatIsNotHere_IsRefusedWithTheReason()
    {
        TorchDevice device = TorchDevice.Cuda(TorchDevices.All.Count);

        var error = Assert.Throws<TorchDeviceException>(() => new TorchBackend(new TorchOptions { Device = device }));

        Assert.Equal(device, error.Device);
        Assert.Matches("^There is no device cuda:[0-9]+ here: .+[.]$", error.Message);
    }
}
