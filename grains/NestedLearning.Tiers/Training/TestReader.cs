using System.Runtime.CompilerServices;
using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>Picks what measures the tasks of a run from the whole data.</summary>
public static class TestReader
{
    /// <summary>The examples for testing of the first tasks, each with the index of its task.</summary>
    /// <param name="data">The data, from its beginning.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DataException">A line is not an example.</exception>
    public static async IAsyncEnumerable<(int Task, Example Example)> ReadAsync(
        IExampleSource data, IEnumerable<RunTask> tasks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<string, int> indices = tasks.Select((task, i) => (task.Name, i)).ToDictionary(StringComparer.Ordinal);
        await foreach (NumberedExample line in data.ReadAsync(cancellationToken))
        {
            if (line.Example.IsTest && indices.TryGetValue(line.Example.Task, out int task))
            {
                yield return (task, line.Example);
            }
        }
    }
}
