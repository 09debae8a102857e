namespace NestedLearning.Torch.Tests.Devices;

public sealed class TorchDeviceTests
{
    [Theory]
    [InlineData("cpu", "cpu")]
    [InlineData("cuda", "cuda:0")]
    [InlineData("cuda:0", "cuda:0")]
    [InlineData("cuda:12", "cuda:12")]
    public void TryParse_Device_ReadsWhatToStringWrites(string text, string written)
    {
        Assert.True(TorchDevice.TryParse(text, out TorchDevice device));
        Assert.Equal(written, device.ToString());
        Assert.True(TorchDevice.TryParse(written, out TorchDevice again));
        Assert.Equal(device, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("CPU")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda: 1")]
    [InlineData("cuda:99999999999")]
    [InlineData("mps")]
    public void TryParse_NoDevice_IsFalse(string? text) => Assert.False(TorchDevice.TryParse(text, out _));

    [Fact]
    public void Default_IsTheProcessor() => Assert.Equal(TorchDevice.Cpu.ToString(), default(TorchDevice).ToString());
}
