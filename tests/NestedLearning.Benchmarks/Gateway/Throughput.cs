using System.Diagnostics;
using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Benchmarks.Gateway;

/// <summary>
/// Events a second of one memory: of the engine alone, through requests, and over a WebSocket. They take turns in one process,
/// which makes the events and reads the receipts too; each turn has a memory of its own. Folds take as long as some turns and fall into
/// any of them: so there is the rate over all turns, and each way's best, which no fold has met.
/// </summary>
internal static class Throughput
{
    private const int Turns = 21;
    private const int Events = 20_000;
    private const int BatchEvents = 1024;

    public static async Task RunAsync()
    {
        await using LoadGateway gateway = await LoadGateway.StartAsync();
        await using HttpLearningCluster client = gateway.Connect();
        Dictionary<string, List<double>> rates = new() { ["engine"] = [], ["requests"] = [], ["websocket"] = [] };
        for (int turn = 0; turn <= Turns; turn++)
        {
            foreach ((string way, List<double> measured) in rates)
            {
                LearningEvent[] events = LoadGateway.Events(1, Events);
                MemoryAddress memory = LoadGateway.Memory($"{way}-{turn}");
                long start = Stopwatch.GetTimestamp();
                await (way switch
                {
                    "engine" => FeedAsync(gateway.Engine, memory, events),
                    "requests" => FeedAsync(client, memory, events),
                    _ => FeedLiveAsync(client, memory, events),
                });
                if (turn > 0) // The first turn compiles.
                {
                    measured.Add(Events / Stopwatch.GetElapsedTime(start).TotalSeconds);
                }
            }
        }

        List<double> engine = rates["engine"];
        foreach ((string way, List<double> measured) in rates)
        {
            Console.WriteLine($"{way,-10} {Mean(measured),10:N0} events/s over all turns, {Mean(measured) / Mean(engine):0.00} of the engine; "
                + $"best turn {measured.Max(),10:N0}, {measured.Max() / engine.Max():0.00} of the engine's");
        }
    }

    private static async Task FeedAsync(ILearningCluster cluster, MemoryAddress memory, LearningEvent[] events)
    {
        foreach (LearningEvent[] batch in events.Chunk(BatchEvents))
        {
            await cluster.FeedAsync(memory, LoadGateway.Source, batch, default);
        }
    }

    private static async Task FeedLiveAsync(HttpLearningCluster client, MemoryAddress memory, LearningEvent[] events)
    {
        await foreach (FeedReceipt receipt in client.FeedLiveAsync(memory, LoadGateway.Source, events.ToAsyncEnumerable(), default))
        {
            _ = receipt;
        }
    }

    /// <summary>Of as many events each: the harmonic mean.</summary>
    private static double Mean(List<double> rates) => rates.Count / rates.Sum(rate => 1 / rate);
}
