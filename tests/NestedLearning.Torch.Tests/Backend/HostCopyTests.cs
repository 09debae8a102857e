using NestedLearning.Tensors.Contracts;
using NestedLearning.Torch.Tests.Requirements;
using TorchSharp;

namespace NestedLearning.Torch.Tests.Backend;

[RequiresTorch]
public sealed class HostCopyTests
{
    [ContractTheory]
    [InlineData(24)]
    [InlineData(12)]
    [InlineData(7)]
    [InlineData(1)]
    public void Read_WhatWasWritten_IsTheSameInPartsOfAnySize(int part)
    {
        float[] values = [.. Enumerable.Range(0, 24).Select(i => (float)i)];
        using torch.Tensor tensor = torch.empty([2, 3, 4], torch.float32);

        HostCopy.Write(values, tensor, part);

        Assert.Equal(23f, tensor[1, 2, 3].item<float>());
        float[] read = new float[24];
        HostCopy.Read(tensor, read, part);
        Assert.Equal(values, read);
    }
}
