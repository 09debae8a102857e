using System.Runtime.CompilerServices;
using NestedLearning.Tensors;
using NestedLearning.Tensors.Contracts;
using NestedLearning.Torch.Tests.Requirements;

namespace NestedLearning.Torch.Tests.Backend;

[RequiresTorch]
public sealed class TorchMemoryTests
{
    private readonly TorchBackend _backend = new(new TorchOptions { MemoryLimitBytes = 1000 });

    [ContractFact]
    public void Tensor_OverTheLimit_IsRefusedBeforeItIsMade()
    {
        using Tensor x = _backend.Fill([200], 1);

        var error = Assert.Throws<TorchMemoryException>(() => _backend.Affine(x, 2, 1));

        Assert.Equal("cpu: a tensor of 800 bytes does not fit; 800 of the limit of 1,000 bytes are in use.", error.Message);
        Assert.Equal((800, 800, 1000), (error.RequestedBytes, error.BytesInUse, error.LimitBytes));
        Assert.Equal(800, _backend.BytesInUse);
    }

    [ContractFact]
    public void Tensor_AfterAnotherIsDisposed_Fits()
    {
        using (Tensor x = _backend.Fill([250], 1))
        {
            Assert.Equal(1000, _backend.BytesInUse);
        }

        _backend.Fill([250], 1).Dispose();
        Assert.Equal(0, _backend.BytesInUse);
    }

    [ContractFact]
    public void View_OfATensor_CostsNothingAndKeepsIt()
    {
        Tensor x = _backend.Fill([200], 1);
        Tensor wide = _backend.Broadcast(x, [100, 200]);
        Tensor part = _backend.Slice(x, 0, 10, 20);
        Tensor reshaped = _backend.Reshape(part, [4, 5]);
        Assert.Equal(800, _backend.BytesInUse);
        x.Dispose();
        wide.Dispose();
        part.Dispose();
        Assert.Equal(800, _backend.BytesInUse);
        reshaped.Dispose();
        Assert.Equal(0, _backend.BytesInUse);
    }

    [ContractFact]
    public void Tensor_NeverDisposed_IsCollected()
    {
        Forget();
        for (int attempt = 0; attempt < 10 && _backend.BytesInUse > 0; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(0, _backend.BytesInUse);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Forget()
    {
        Tensor x = _backend.Fill([50], 1);
        _backend.Reshape(x, [50, 1]);
    }
}
