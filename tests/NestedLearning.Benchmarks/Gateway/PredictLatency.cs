using System.Diagnostics;
using NestedLearning.Client;
using NestedLearning.Models;

namespace NestedLearning.Benchmarks.Gateway;

/// <summary>
/// How long a question takes while the gateway has half as many as it can answer. Questions come by a clock, however long
/// the ones before take, and count from when they were due: waiting is not left out. No more than <see cref="Connections"/> are under way
/// at once, or a moment in which nothing is answered would have the caller open thousands of connections.
/// </summary>
internal static class PredictLatency
{
    private const int Tenants = 20;
    private const int Callers = 8;
    private const int Connections = 256;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(10);

    public static async Task RunAsync()
    {
        await using LoadGateway gateway = await LoadGateway.StartAsync();
        await using HttpLearningCluster client = gateway.Connect();
        for (int i = 0; i < Tenants; i++)
        {
            await gateway.Engine.FeedAsync(Tenant(i), new Tiers.EventBatch(LoadGateway.Source, LoadGateway.Events(1, 500)), default);
        }

        await AsFastAsPossibleAsync(client, TimeSpan.FromSeconds(3));
        double most = await AsFastAsPossibleAsync(client, Time);
        TimeSpan[] latencies = await AtRateAsync(client, most / 2);
        Array.Sort(latencies);
        Console.WriteLine($"most       {most,10:N0} questions/s by {Callers} callers on {Environment.ProcessorCount} cores, callers included");
        Console.WriteLine($"half load  {latencies.Length / Time.TotalSeconds,10:N0} questions/s: p50 {Milliseconds(0.5)}, p90 {Milliseconds(0.9)}, p99 {Milliseconds(0.99)}, longest {Milliseconds(1)}");

        string Milliseconds(double share) => $"{latencies[Math.Min(latencies.Length - 1, (int)(share * latencies.Length))].TotalMilliseconds:0.00} ms";
    }

    private static Tiers.MemoryAddress Tenant(int i) => LoadGateway.Memory($"tenant-{i % Tenants}");

    private static async Task<double> AsFastAsPossibleAsync(HttpLearningCluster client, TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        int asked = 0;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(start) < time)
            {
                await AskAsync(client, Interlocked.Increment(ref asked));
            }
        })));
        return asked / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<TimeSpan[]> AtRateAsync(HttpLearningCluster client, double perSecond)
    {
        using SemaphoreSlim free = new(Connections);

        // A thread of its own has the clock: one of the pool would itself wait behind the questions.
        Task<Task<TimeSpan>[]> asked = Task.Factory.StartNew(
            () => AskAtRate(client, perSecond, free), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return await Task.WhenAll(await asked);
    }

    private static Task<TimeSpan>[] AskAtRate(HttpLearningCluster client, double perSecond, SemaphoreSlim free)
    {
        Task<TimeSpan>[] questions = new Task<TimeSpan>[(int)(perSecond * Time.TotalSeconds)];
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < questions.Length; i++)
        {
            TimeSpan due = TimeSpan.FromSeconds(i / perSecond);
            while (Stopwatch.GetElapsedTime(start) < due)
            {
                Thread.Sleep(1); // Several may be due at once then: bursts, which make it harder.
            }

            int number = i;
            questions[i] = Task.Run(async () =>
            {
                await free.WaitAsync();
                try
                {
                    await AskAsync(client, number);
                }
                finally
                {
                    free.Release();
                }

                return Stopwatch.GetElapsedTime(start) - due;
            });
        }

        return questions;
    }

    private static async Task AskAsync(HttpLearningCluster client, int i)
    {
        IReadOnlyList<Prediction> answers = await client.PredictAsync(Tenant(i), [LoadGateway.Text(i)], default);
        if (answers[0].Label is null)
        {
            throw new InvalidOperationException("The memory knows no class.");
        }
    }
}
