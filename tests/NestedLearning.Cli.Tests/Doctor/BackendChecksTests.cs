using NestedLearning.Cli.Doctor;

namespace NestedLearning.Cli.Tests.Doctor;

public sealed class BackendChecksTests
{
    [Fact]
    public void Run_ThisMachine_MeasuresWhatIsHereAndSaysWhereTheRestIs()
    {
        DoctorCheck[] checks = [.. BackendChecks.Run()];

        Assert.Equal(["Arithmetic", "Backend managed", "Backend torch"], checks.Select(check => check.Name));
        Assert.Matches("^cpu: .+; matrix products at [0-9]+ GFLOP/s on 1 thread", checks[1].Value);
        Assert.Equal("not part of this command", checks[2].Value);
        Assert.Contains("nl-silo doctor", checks[2].Advice, StringComparison.Ordinal);
        Assert.All(checks, check => Assert.Equal(CheckState.Good, check.State));
    }
}
