using NestedLearning.Cli.Doctor;
using NestedLearning.Cli.Tests.Data;
using NestedLearning.Cli.Tests.Rendering;
using NestedLearning.Models;

namespace NestedLearning.Cli.Tests.Doctor;

public sealed class MachineChecksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Run_ThisMachine_LooksAtEverythingAndLeavesNoTrace()
    {
        string data = Path.Combine(_folder.Path, "state");

        DoctorReport report = new([.. MachineChecks.Run(data)]);

        Assert.Equal(
            [".NET", "System", "Processor cores", "Memory", "SIMD", "builtin:dotnet-messages", "Data directory", "Free disk"],
            report.Checks.Select(check => check.Name));
        Assert.True(report.IsHealthy);
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public void DataDirectory_WhereAFileStands_Fails()
    {
        DoctorCheck check = MachineChecks.DataDirectory(_folder.Write("taken", ""));

        Assert.Equal(CheckState.Failed, check.State);
        Assert.False(new DoctorReport([check]).IsHealthy);
    }

    [Fact]
    public void MemoryAndMessages_Scarce_WarnButDoNotFail()
    {
        DoctorCheck memory = MachineChecks.Memory(1 << 29);
        DoctorCheck messages = MachineChecks.Messages(() => throw new DataException("builtin:dotnet-messages", null, "none"));

        Assert.Equal([CheckState.Warning, CheckState.Warning], [memory.State, messages.State]);
        Assert.True(new DoctorReport([memory, messages]).IsHealthy);
    }

    [Fact]
    public void Write_Report_HasALineForEachCheckAndItsAdvice()
    {
        PlainConsole console = new();
        DoctorReport report = new(
        [
            new("Cores", "2"),
            new("Memory", "512 MiB", CheckState.Warning, "Choose fewer features."),
            new("Data directory", "[x] cannot be written", CheckState.Failed),
        ]);

        report.Write(console.Console);

        Assert.Equal(
            [
                "ok       Cores           2",
                "warning  Memory          512 MiB",
                "                         Choose fewer features.",
                "failed   Data directory  [x] cannot be written",
            ],
            console.Lines.SkipLast(1));
    }

    public void Dispose() => _folder.Dispose();
}
