using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>Reads a run's data through before anything of it is learned, which checks every line.</summary>
public static class RunSurvey
{
    private const int MaxTasks = 256;

    /// <summary>How much there is to learn, and to measure where the run measures.</summary>
    /// <param name="data">The data, from its beginning.</param>
    /// <param name="spec">The run.</param>
    /// <param name="stamp">Tells this data from any other.</param>
    /// <param name="foldedBefore">How many events the fastest shared level holds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DataException">A line is not an example, there is nothing to learn, or there are too many tasks.</exception>
    public static async Task<RunExtent> ReadAsync(
        IExampleSource data, RunSpec spec, string stamp, long foldedBefore, CancellationToken cancellationToken)
    {
        long events = 0;
        HashSet<string> classes = new(StringComparer.Ordinal);
        TaskCounts tasks = new(data.Name);
        await foreach (NumberedExample line in data.ReadAsync(cancellationToken))
        {
            Example example = line.Example;
            if (!example.IsTest)
            {
                events++;
                classes.Add(example.Label);
            }

            if (spec.Measure)
            {
                tasks.Add(example, events);
            }
        }

        return events > 0
            ? new RunExtent(events, stamp, foldedBefore) { Classes = classes.Count, Tasks = tasks.ToTasks() }
            : throw new DataException(data.Name, null, "every event is for testing; a run needs some to learn");
    }

    private sealed class TaskCounts(string data)
    {
        private readonly Dictionary<string, long> _ends = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _tests = new(StringComparer.Ordinal);

        public void Add(Example example, long events)
        {
            if (example.IsTest)
            {
                _tests[example.Task] = _tests.GetValueOrDefault(example.Task) + 1;
            }
            else
            {
                _ends[example.Task] = events;
            }

            if (Math.Max(_ends.Count, _tests.Count) > MaxTasks)
            {
                throw new DataException(data, null, $"has too many tasks; accepted by a run that measures are {MaxTasks}");
            }
        }

        /// <summary>The tasks that something is learned of, in the order of their ends.</summary>
        public RunTask[] ToTasks() =>
            [.. _ends.OrderBy(end => end.Value).Select(end => new RunTask(end.Key, end.Value, _tests.GetValueOrDefault(end.Key)))];
    }
}
