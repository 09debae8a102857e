using NestedLearning.Models;

namespace NestedLearning.Cluster.Benchmarks;

/// <summary>What the tenants send: short sentences of 20 intents, each with words of its own and some of its tenant.</summary>
internal static class TenantStream
{
    public static readonly SourceId Source = new("stream");

    private const int Intents = 20;

    private static readonly string[] Verbs =
        ["book", "cancel", "change", "show", "find", "pay", "explain", "translate", "remind me of", "turn off"];

    private static readonly string[] Things =
        ["the flight to paris", "my table for two", "the invoice of may", "an alarm at seven", "the song from yesterday",
         "my card limit", "the weather in rome", "a recipe with rice", "the meeting with anna", "a taxi to the station"];

    public static TenantId Tenant(int number) => new($"tenant-{number}");

    /// <summary>A pass's events of one tenant, each with the next sequence number.</summary>
    public static LearningEvent[] Events(int tenant, int pass, int count) =>
        [.. Enumerable.Range((pass * count) + 1, count).Select(sequence => new LearningEvent(
            sequence, Text(tenant, sequence), $"intent-{Intent(tenant, sequence)}"))];

    public static ModelInput Question(int tenant) => Text(tenant, 1);

    private static TextInput Text(int tenant, int sequence)
    {
        int intent = Intent(tenant, sequence);
        return new TextInput($"{Verbs[intent % 10]} {Things[((intent / 10 * 5) + intent) % 10]} please, number {sequence} for team {tenant % 97}");
    }

    private static int Intent(int tenant, int sequence) => ((tenant * 7) + (sequence * 3)) % Intents;
}
