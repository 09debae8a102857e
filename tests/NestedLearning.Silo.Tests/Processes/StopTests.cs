namespace NestedLearning.Silo.Tests.Processes;

public sealed class StopTests
{
    [Fact]
    public async Task Terminate_NothingOpen_ExitsWith0()
    {
        using SiloProcess silo = await SiloProcess.ServeAsync();

        await silo.TerminateAsync();

        Assert.Equal(0, (await silo.EndAsync()).ExitCode);
    }
}
