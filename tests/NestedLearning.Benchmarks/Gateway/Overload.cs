using System.Diagnostics;
using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Benchmarks.Gateway;

/// <summary>Far more senders than the machine can serve, without pause: memory stays where it is, and what a receipt named is there.</summary>
internal static class Overload
{
    private const int Senders = 400;
    private const int Tenants = 20;
    private const int EventsPerCall = 64;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(40);

    public static async Task RunAsync()
    {
        await using LoadGateway gateway = await LoadGateway.StartAsync(new ClassifierSpec { Features = 512 });
        await using HttpLearningCluster client = gateway.Connect();
        long[] acknowledged = new long[Senders];
        using CancellationTokenSource stop = new();
        Task[] senders = [.. Enumerable.Range(0, Senders).Select(i => Task.Run(() => SendAsync(client, i, acknowledged, stop.Token)))];
        List<double> mebibytes = [];
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Time)
        {
            await Task.Delay(1000);
            mebibytes.Add(Environment.WorkingSet / 1024.0 / 1024);
        }

        await stop.CancelAsync();
        await Task.WhenAll(senders);
        long learned = 0;
        for (int i = 0; i < Tenants; i++)
        {
            learned += (await gateway.Engine.GetMemoryAsync(Tenant(i), default)).Learned;
        }

        long named = acknowledged.Sum();
        Console.WriteLine($"{Senders} senders of {EventsPerCall} events at once, {Tenants} memories: {named:N0} events acknowledged, {learned:N0} learned, {(learned >= named ? "none lost" : "LOST")}");
        Console.WriteLine($"process: {mebibytes[mebibytes.Count / 4]:N0} MiB after {Time.TotalSeconds / 4:0} s, {mebibytes[mebibytes.Count / 2]:N0} MiB after {Time.TotalSeconds / 2:0} s, {mebibytes[^1]:N0} MiB after {Time.TotalSeconds:0} s, at most {mebibytes.Max():N0} MiB");
    }

    private static MemoryAddress Tenant(int sender) => LoadGateway.Memory($"tenant-{sender % Tenants}");

    private static async Task SendAsync(HttpLearningCluster client, int sender, long[] acknowledged, CancellationToken stop)
    {
        SourceId source = new($"sender-{sender}");
        try
        {
            while (true)
            {
                LearningEvent[] events = LoadGateway.Events((int)acknowledged[sender] + 1, EventsPerCall);
                acknowledged[sender] = (await client.FeedAsync(Tenant(sender), source, events, stop)).Marks.AppliedThrough;
            }
        }
        catch (OperationCanceledException)
        {
            // What was not acknowledged may be learned or not; its sender would send it again.
        }
    }
}
