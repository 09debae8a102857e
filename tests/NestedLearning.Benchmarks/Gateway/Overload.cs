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
    private const int Samples = 10;

    private static readonly TimeSpan Time = TimeSpan.FromMinutes(5);

    public static async Task RunAsync()
    {
        using ServerProcess server = await ServerProcess.StartAsync("512");
        await using HttpLearningCluster client = HttpLearningCluster.Connect(server.Url);
        long[] acknowledged = new long[Senders];
        using CancellationTokenSource stop = new();
        Task[] senders = [.. Enumerable.Range(0, Senders).Select(i => Task.Run(() => SendAsync(client, i, acknowledged, stop.Token)))];
        for (int sample = 1; sample <= Samples; sample++)
        {
            await Task.Delay(Time / Samples);
            (double heap, double all) = await server.MemoryAsync();
            Console.WriteLine($"after {Time.TotalSeconds * sample / Samples:0} s: {heap / 1024 / 1024:N0} MiB in the heap, {all / 1024 / 1024:N0} MiB of the process, {acknowledged.Sum():N0} events acknowledged");
        }

        await stop.CancelAsync();
        await Task.WhenAll(senders);
        long learned = 0;
        for (int i = 0; i < Tenants; i++)
        {
            learned += (await client.GetMemoryAsync(Tenant(i), default)).Learned;
        }

        long named = acknowledged.Sum();
        Console.WriteLine($"{Senders} senders of {EventsPerCall} events at once, {Tenants} memories: {named:N0} events acknowledged, {learned:N0} learned, {(learned >= named ? "none lost" : "LOST")}");
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
