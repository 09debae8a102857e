using NestedLearning.Hosting;
using NestedLearning.Tensors.Contracts;
using NestedLearning.Torch.Tests.Requirements;

namespace NestedLearning.Torch.Tests.Queues;

[RequiresTorch]
public sealed class TorchQueuesTests
{
    [ContractFact]
    public async Task For_OneDevice_RunsItsWorkOnOneThread()
    {
        await using TorchQueues queues = new();
        var backend = new TorchBackend();
        float[] expected = ManyOperations.Run(backend);

        (float[] Values, int Thread)[] results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => queues.For(TorchDevice.Cpu)
            .RunAsync(() => (ManyOperations.Run(backend), Environment.CurrentManagedThreadId), default).AsTask()));

        Assert.Single(results.Select(result => result.Thread).Distinct());
        Assert.All(results, result => Assert.Equal(expected, result.Values));
    }

    [ContractFact]
    public async Task For_DeviceThatIsNotHere_IsRefused()
    {
        await using TorchQueues queues = new();
        Assert.Throws<TorchDeviceException>(() => queues.For(TorchDevice.Cuda(TorchDevices.All.Count)));
    }

    [ContractFact]
    public async Task RunAsync_AfterTheEnd_IsRefused()
    {
        TorchQueues queues = new();
        ICompute compute = queues.For(TorchDevice.Cpu);
        await queues.DisposeAsync();
        await Assert.ThrowsAnyAsync<InvalidOperationException>(async () => await compute.RunAsync(() => 1, default));
    }
}
