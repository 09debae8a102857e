using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Classifier;

/// <summary>Small classifiers and events of a few noisy classes.</summary>
internal static class Synthetic
{
    public const int Features = 128;

    public static readonly ClassifierSpec Plain = new() { Features = Features, OneSidedTargets = false, MaxClasses = 100 };

    public static readonly ClassifierSpec OneSided = Plain with { OneSidedTargets = true };

    public static readonly LevelId Slow = ClassifierSpec.SlowLevel;

    public static (FeatureInput Input, string Label)[] Events(int seed, int count, int classes = 5)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            int y = random.Next(classes);
            return (new FeatureInput(Key(random, y)), $"class-{y}");
        })];
    }

    /// <summary>About 20 features: half of them the class's own, half anywhere.</summary>
    public static SparseVector Key(Random random, int y)
    {
        ushort[] indices = [.. Enumerable.Range(0, Features).Where(i => random.Next(i % 8 == y ? 2 : 14) == 0).Select(i => (ushort)i)];
        float[] values = Array.ConvertAll(indices, _ => random.NextSingle() + 0.2f);
        float norm = MathF.Sqrt(values.Sum(value => value * value));
        return new SparseVector(indices, Array.ConvertAll(values, value => norm == 0 ? 0 : value / norm));
    }

    public static NestedClassifier Memory(ClassifierSpec spec, int contributors = 1) => new(spec, contributors);

    public static Prediction[] Learn(this INestedModel model, IEnumerable<(FeatureInput Input, string Label)> events) =>
        [.. events.Select(e => model.Step(e.Input, e.Label))];

    public static Prediction[] Ask(this INestedModel model, int seed = 999) =>
        [.. Events(seed, 40).Select(e => model.Predict(e.Input))];

    /// <summary>A new version with this round folded in.</summary>
    public static LevelVersion Fold(this ExactMemory level, long number, params Contribution[] round)
    {
        Array.ForEach(round, level.Check);
        level.Absorb(round);
        return new LevelVersion(number, level.Events, level.Solve());
    }

    /// <summary>A key in all its features, as it is after coding in eight bits.</summary>
    public static double[] Dense(SparseVector key)
    {
        SparseVector coded = Int8Rows.Round(key);
        double[] dense = new double[Features];
        for (int i = 0; i < coded.Count; i++)
        {
            dense[coded.Indices.Span[i]] = coded.Values.Span[i];
        }

        return dense;
    }

    /// <summary>Weights by class label and feature.</summary>
    public static Dictionary<string, double[]> WeightsByLabel(TensorSet version)
    {
        IReadOnlyList<string> labels = version.Get<TextTensor>(SlowTensors.Labels).Texts;
        ReadOnlyMemory<float> weights = version.Get<DenseTensor>(SlowTensors.Weights).Values;
        return labels.Select((label, c) => (label, Column: Enumerable.Range(0, Features)
                .Select(i => (double)weights.Span[(i * labels.Count) + c]).ToArray()))
            .ToDictionary(pair => pair.label, pair => pair.Column);
    }

    public static void AssertClose(Dictionary<string, double[]> expected, Dictionary<string, double[]> actual, double tolerance)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        double difference = expected.Sum(pair => pair.Value.Zip(actual[pair.Key]).Sum(v => (v.First - v.Second) * (v.First - v.Second)));
        double size = expected.Sum(pair => pair.Value.Sum(v => v * v));
        Assert.InRange(Math.Sqrt(difference / size), 0, tolerance);
    }
}
