using Microsoft.Extensions.Options;

namespace NestedLearning.Grains.Tests.Silos;

public sealed class TierSiloOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreAccepted() => Assert.True(Validate(new TierSiloOptions()).Succeeded);

    [Fact]
    public void Validate_EverythingOutOfRange_IsListedAtOnce()
    {
        ValidateOptionsResult result = Validate(new TierSiloOptions
        {
            FoldThreads = 0,
            MessageBytes = 1,
            PartsInFlight = 65,
            MaxUpdateBytes = 1,
            Patience = TimeSpan.FromSeconds(26),
            RoundResidence = TimeSpan.Zero,
            MaxResidentMemoryBytes = TierSiloOptions.LeastMemoryBytes - 1,
            MaxResidentMemories = 0,
            IdleTime = TimeSpan.FromSeconds(119),
        });

        Assert.Equal(9, result.Failures!.Count());
        Assert.Contains("MaxResidentMemoryBytes is 16777215, accepted: 16777216 to 9223372036854775807", result.Failures!);
        Assert.Contains("IdleTime is 00:01:59, accepted: at least 00:02:00, at most 30.00:00:00", result.Failures!);
    }

    [Fact]
    public void MaxResidentMemoryBytes_Default_LeavesHalfOfTheMemoryToTheRest() =>
        Assert.InRange(
            new TierSiloOptions().MaxResidentMemoryBytes, 16L << 20, Math.Max(16L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2));

    private static ValidateOptionsResult Validate(TierSiloOptions options) => new TierSiloOptionsValidator().Validate(null, options);
}
