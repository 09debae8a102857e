using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// A classifier's level as tensors and metadata of a file: <c>weights</c> [features, classes] and <c>energies</c> [features] in float32, and
/// in float64 what it goes on learning from: <c>statistics/gram</c>, the lower triangle of A = Σ k kᵀ row by row [features (features + 1) / 2],
/// <c>statistics/cross</c>, Σ k vᵀ [features, classes], and <c>statistics/counts</c> [classes].
/// </summary>
internal static class ClassifierFile
{
    private const string Prefix = "statistics/";

    /// <summary>What is written of a level as tensors.</summary>
    public static IEnumerable<NamedTensor> Tensors(CheckpointLevel level) =>
        level.Version.Tensors.OfType<DenseTensor>().Concat<NamedTensor>(level.Statistics.OfType<DoubleTensor>().Select(sums => sums with { Name = Prefix + sums.Name }));

    /// <summary>What is written of a level as metadata.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Metadata(CheckpointLevel level)
    {
        CheckpointClasses classes = new(
            level.Version.Tensors.Get<TextTensor>(SlowTensors.Labels).Texts, level.Version.Tensors.Get<IntegerTensor>(SlowTensors.Counts).Values.ToArray());
        yield return new(ModelCheckpoint.ClassesName, JsonSerializer.Serialize(classes, CheckpointJson.Default.CheckpointClasses));
        if (level.Statistics.Count > 0)
        {
            ReadOnlySpan<long> events = level.Statistics.Get<IntegerTensor>(SlowTensors.Events).Values.Span;
            CheckpointStatistics statistics = new(level.Version.Number, events[0], events[1], level.Statistics.Get<TextTensor>(SlowTensors.Labels).Texts);
            yield return new(ModelCheckpoint.StatisticsName, JsonSerializer.Serialize(statistics, CheckpointJson.Default.CheckpointStatistics));
        }
    }

    /// <summary>Reads what <see cref="Tensors"/> and <see cref="Metadata"/> gave. Shapes and numbers are the file's: the level checks them when it begins.</summary>
    /// <exception cref="InvalidModelFileException">Something is missing, or too long.</exception>
    /// <exception cref="SafetensorsException">A tensor cannot be read.</exception>
    public static CheckpointLevel Read(SafetensorsReader file, double maxParameters)
    {
        double values = file.Tensors.Sum(tensor => (double)tensor.ElementCount);
        if (!(values <= maxParameters))
        {
            throw new InvalidModelFileException("the number of values", FormattableString.Invariant($"{values:0}"), FormattableString.Invariant($"up to {maxParameters:0}"));
        }

        CheckpointStatistics statistics = Parse(file, ModelCheckpoint.StatisticsName, CheckpointJson.Default.CheckpointStatistics) ?? throw new InvalidModelFileException(
            "the classifier's statistics",
            "missing: it was exported with its weights only, or by a version that left them out",
            "a file with what the classifier goes on learning from; export it again, without --weights-only");
        CheckpointClasses classes = Parse(file, ModelCheckpoint.ClassesName, CheckpointJson.Default.CheckpointClasses)
            ?? throw new InvalidModelFileException($"the metadata '{ModelCheckpoint.ClassesName}'", "missing", "the classes of the weights");
        TensorSet version =
        [
            Dense(file, SlowTensors.Weights),
            Dense(file, SlowTensors.Energies),
            new IntegerTensor(SlowTensors.Counts, classes.Events.ToArray()),
            new TextTensor(SlowTensors.Labels, classes.Labels),
        ];
        return new CheckpointLevel(ClassifierSpec.SlowLevel, new LevelVersion(statistics.Version, statistics.Events, version))
        {
            Statistics =
            [
                Doubles(file, SlowTensors.Gram),
                Doubles(file, SlowTensors.Cross),
                Doubles(file, SlowTensors.Counts),
                new IntegerTensor(SlowTensors.Events, new[] { statistics.Events, statistics.Clock }),
                new TextTensor(SlowTensors.Labels, statistics.Labels),
            ],
        };
    }

    private static DenseTensor Dense(SafetensorsReader file, string name)
    {
        SafetensorsEntry entry = Entry(file, name);
        return new DenseTensor(name, entry.Shape, file.Read(entry));
    }

    private static DoubleTensor Doubles(SafetensorsReader file, string name)
    {
        SafetensorsEntry entry = Entry(file, Prefix + name);
        return new DoubleTensor(name, entry.Shape, file.ReadDoubles(entry));
    }

    private static SafetensorsEntry Entry(SafetensorsReader file, string name) =>
        file.Find(name) ?? throw new InvalidModelFileException($"the tensor '{name}'", "missing", "weights, energies, and statistics/ with gram, cross and counts");

    private static T? Parse<T>(SafetensorsReader file, string name, JsonTypeInfo<T> type)
        where T : class
    {
        if (!file.Metadata.TryGetValue(name, out string? json))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new JsonException("It is null.");
        }
        catch (JsonException error)
        {
            throw new InvalidModelFileException($"the metadata '{name}'", $"not what it should be ({error.Message})", "what an export writes", error);
        }
    }
}
