using System.Diagnostics;
using NestedLearning.Tensors.Contracts;
using NestedLearning.Torch.Tests.Requirements;
using TorchSharp;

namespace NestedLearning.Torch.Tests.Backend;

/// <summary>Whole steps of a small network. Nothing else makes tensors meanwhile: they are counted for the whole process.</summary>
[RequiresTorch]
[Collection(nameof(TorchTrainingTests))]
public sealed class TorchTrainingTests
{
    private const int Settled = 2_000;

    [ContractFact]
    public void Steps_TenThousand_LeaveNoTensorAndNoMemoryBehind()
    {
        var backend = new TorchBackend(new TorchOptions { Threads = 1 });
        List<long> tensors = [];
        List<long> bytes = [];
        long resident = 0;
        SmallNetwork.Train(backend, 10_000, step =>
        {
            tensors.Add(torch.Tensor.TotalCount);
            bytes.Add(backend.BytesInUse);
            resident = step == Settled ? ResidentBytes() : resident;
        });

        Assert.Single(tensors.Distinct());
        Assert.Single(bytes.Distinct());
        Assert.Equal(0, backend.BytesInUse);

        // One matrix of a step that nobody frees would be 16 MiB and more by now.
        Assert.InRange(ResidentBytes() - resident, long.MinValue, 16 << 20);
    }

    [ContractFact]
    public void Steps_OnARandomTask_LowerTheLossAsTheManagedBackendDoes()
    {
        float[] losses = SmallNetwork.Train(new TorchBackend(), 60, _ => { });
        float[] expected = SmallNetwork.Train(new Tensors.ManagedBackend(), 60, _ => { });

        Assert.True(losses[^1] < 0.2 * losses[0], $"from {losses[0]} to {losses[^1]}");
        Assert.All(losses.Zip(expected), pair => Assert.Equal(1, pair.First / pair.Second, 1e-3f));
    }

    [ContractFact]
    public void Steps_WithTheSameSeed_GiveTheSameBits() => Assert.Equal(
        SmallNetwork.Train(new TorchBackend(), 60, _ => { }), SmallNetwork.Train(new TorchBackend(), 60, _ => { }));

    private static long ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using Process process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}

[CollectionDefinition(nameof(TorchTrainingTests), DisableParallelization = true)]
public sealed class TorchTrainingTestsCollection;
