namespace NestedLearning.Silo.Tests.Processes;

public sealed class DoctorTests
{
    [Fact]
    public async Task Doctor_ThisMachine_ListsBackendsAndDevices()
    {
        using SiloProcess silo = SiloProcess.Start(["doctor"]);

        var (exitCode, output, error) = await silo.EndAsync();

        Assert.Equal((0, ""), (exitCode, error));
        string[] lines = output.TrimEnd().Split('\n');
        Assert.Matches("^managed +cpu +.+; matrix products at [0-9]+ GFLOP/s on 1 thread", lines[0]);
        Assert.Matches("^torch +cpu +(TorchSharp .+; matrix products at|not available: )", lines[1]);
        Assert.All(lines[2..], line => Assert.StartsWith("torch    cuda", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Doctor_OnAMachineDeclaredToHaveAGpu_FailsUnlessItHasOne()
    {
        using SiloProcess silo = SiloProcess.Start(["doctor"], ("Machine:Compute", "cuda"));

        var (exitCode, output, error) = await silo.EndAsync();

        bool hasGpu = output.Contains("cuda:0", StringComparison.Ordinal) && !output.Contains("not available", StringComparison.Ordinal);
        Assert.Equal(
            hasGpu ? (0, "") : (1, "nl-silo: NestedLearning:Machine:Compute is cuda, but there is no CUDA device.\n"), (exitCode, error));
    }
}
