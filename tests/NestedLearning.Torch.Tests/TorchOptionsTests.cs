namespace NestedLearning.Torch.Tests;

public sealed class TorchOptionsTests
{
    [Fact]
    public void Options_OutOfRange_AreAllNamed()
    {
        var error = Assert.Throws<InvalidTorchOptionsException>(
            () => new TorchBackend(new TorchOptions { MemoryLimitBytes = 0, Threads = 1025, Bfloat16From = -1 }));

        Assert.Equal(
            [
                "MemoryLimitBytes is 0; accepted: 1 or more.",
                "Threads is 1025; accepted: 1 to 1024.",
                "Bfloat16From is -1; accepted: 0 or more.",
            ],
            error.Violations);
    }
}
