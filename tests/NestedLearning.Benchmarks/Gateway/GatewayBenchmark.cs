namespace NestedLearning.Benchmarks.Gateway;

/// <summary>What the gateway costs beside the engine alone, how fast it answers, and what it does under too much. All on loopback.</summary>
internal static class GatewayBenchmark
{
    private static readonly (string Name, Func<Task> Run)[] Parts =
    [
        ("throughput", Throughput.RunAsync),
        ("predict", PredictLatency.RunAsync),
        ("overload", Overload.RunAsync),
        ("idle", IdleFeeds.RunAsync),
    ];

    /// <param name="names">Which parts; none for all.</param>
    public static async Task RunAsync(string[] names)
    {
        foreach ((string name, Func<Task> run) in Parts)
        {
            if (names.Length == 0 || names.Contains(name))
            {
                Console.WriteLine($"# {name}");
                await run();
            }
        }
    }
}
