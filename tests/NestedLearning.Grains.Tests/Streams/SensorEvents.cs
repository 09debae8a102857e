using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Grains.Tests.Streams;

/// <summary>What tests publish: three classes, each around its own features.</summary>
internal static class SensorEvents
{
    public static readonly SourceId Source = new("sensor");

    /// <summary>Events from a sequence number on.</summary>
    public static LearningEvent[] From(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => new LearningEvent(i, Features(i), $"class-{i % 3}"))];

    private static FeatureInput Features(int i)
    {
        Random random = new(i);
        ushort[] indices = [.. Enumerable.Range(0, 12).Where(_ => random.Next(3) > 0).Select(j => (ushort)((i % 3 * 12) + j))];
        return new FeatureInput(new SparseVector(indices, Array.ConvertAll(indices, _ => 0.2f + random.NextSingle())));
    }
}
