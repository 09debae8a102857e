using System.Globalization;
using NestedLearning.Cli.Commands;
using NestedLearning.Cli.Rendering;
using NestedLearning.Simulation;

namespace NestedLearning.Cli.Simulating;

/// <summary>Runs seeds on all processors and adds up what they came to.</summary>
internal sealed class SimulationRun(CommandContext context, SimulationSettings settings)
{
    /// <summary>Runs the seeds from one on.</summary>
    public async Task<SimulationReport> ExecuteAsync(int firstSeed, int seeds, CancellationToken cancellationToken)
    {
        long start = context.Time.GetTimestamp();
        SimulationResult[] results = await new ProgressDisplay(context.Console, context.Time).RunAsync(
            "Simulating", "seeds", seeds, sink => RunAsync(firstSeed, seeds, sink, cancellationToken));
        return new SimulationReport
        {
            FirstSeed = firstSeed,
            Seeds = seeds,
            Nodes = settings.Nodes,
            Faults = settings.Faults.Name,
            Failed = [.. results.Where(result => result.Violation is not null)
                .Select(result => new FailedSeed(result.Seed, result.Violation!.Promise, result.Violation.Problem))],
            Events = results.Sum(result => (long)result.Events),
            Steps = results.Sum(result => result.Steps),
            Messages = results.Sum(result => result.Messages),
            Restarts = results.Sum(result => (long)result.Restarts),
            Versions = results.Sum(result => result.Versions),
            Rollbacks = results.Sum(result => (long)result.Rollbacks),
            Replays = results.Sum(result => (long)result.Replays),
            Forgotten = results.Sum(result => (long)result.Forgotten),
            VirtualSeconds = results.Sum(result => result.VirtualTime.TotalSeconds),
            Seconds = context.Time.GetElapsedTime(start).TotalSeconds,
        };
    }

    /// <summary>Runs one seed again and writes down what happens in it.</summary>
    public SimulationResult Replay(int seed)
    {
        SimulationResult result = Simulator.Run(seed, settings, isTraced: true);
        foreach (string line in result.Trace)
        {
            context.Console.Profile.Out.Writer.WriteLine(line);
        }

        return result;
    }

    private Task<SimulationResult[]> RunAsync(int firstSeed, int seeds, IProgressSink sink, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                SimulationResult[] results = new SimulationResult[seeds];
                int done = 0;
                int failed = 0;
                Parallel.For(0, seeds, new ParallelOptions { CancellationToken = cancellationToken }, i =>
                {
                    results[i] = Simulator.Run(firstSeed + i, settings);
                    int broken = results[i].Violation is null ? Volatile.Read(ref failed) : Interlocked.Increment(ref failed);
                    sink.Report(Interlocked.Increment(ref done), broken == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{broken} failed"));
                });
                return results;
            },
            cancellationToken);
}
