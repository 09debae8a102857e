using System.Runtime.CompilerServices;
using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>
/// Picks the events of a shard from the whole data. It depends on nothing but the data and the run's spec, so any worker
/// gives an event the same number.
/// </summary>
public static class ShardReader
{
    /// <summary>The events of one shard, in order; those for testing are passed over.</summary>
    /// <exception cref="DataException">A line is not an example.</exception>
    public static async IAsyncEnumerable<ShardEvent> ReadAsync(
        IExampleSource data, RunSpec spec, RunShard shard, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<string, int> classes = new(StringComparer.Ordinal);
        long position = -1;
        long sequence = 0;
        await foreach (Example example in TrainingExamplesAsync(data, cancellationToken))
        {
            if (++position >= shard.End)
            {
                yield break;
            }

            if (LaneOf(example.Label) == shard.Lane && position >= shard.Start)
            {
                yield return new ShardEvent(position, new LearningEvent(++sequence, example.Input, example.Label));
            }
        }

        int LaneOf(string label)
        {
            if (spec.Split == StreamSplit.Shard)
            {
                return (int)(position % spec.Workers);
            }

            classes.TryAdd(label, classes.Count);
            return classes[label] % spec.Workers;
        }
    }

    private static async IAsyncEnumerable<Example> TrainingExamplesAsync(
        IExampleSource data, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (NumberedExample line in data.ReadAsync(cancellationToken))
        {
            if (!line.Example.IsTest)
            {
                yield return line.Example;
            }
        }
    }
}
