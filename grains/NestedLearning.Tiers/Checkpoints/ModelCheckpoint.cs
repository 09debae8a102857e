using System.Text.Json;
using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// A model of a cluster as a file: what makes it, and the newest durable version of each shared level, in the format of safetensors. Levels
/// whose updates are statistics bring these along, and go on from them. Tenants' private states are not in it, nor who taught what.
/// </summary>
/// <param name="Settings">What makes the model.</param>
/// <param name="Levels">Its shared levels with their versions, fastest first.</param>
public sealed record ModelCheckpoint(ModelSettings Settings, IReadOnlyList<CheckpointLevel> Levels)
{
    /// <summary>The metadata that hold what makes the model, as the HTTP API takes it.</summary>
    public const string ModelName = "nested-learning-model";

    /// <summary>The metadata that hold the classes of a classifier, and how many events each has.</summary>
    public const string ClassesName = "nested-learning-classes";

    /// <summary>The metadata that say what a classifier's statistics are of; they are there where these are.</summary>
    public const string StatisticsName = "nested-learning-statistics";

    /// <summary>Collects all levels, one after the other: while the model learns, they may be of different moments.</summary>
    /// <param name="settings">What makes the model.</param>
    /// <param name="getVersion">Asks a level for its newest durable version.</param>
    /// <param name="getWhole">Asks a level whose updates are statistics for these, too; null for a checkpoint without.</param>
    public static async ValueTask<ModelCheckpoint> CollectAsync(
        ModelSettings settings, Func<LevelId, ValueTask<LevelVersion>> getVersion, Func<LevelId, ValueTask<CheckpointLevel>>? getWhole)
    {
        List<CheckpointLevel> levels = [];
        foreach (LevelSpec level in settings.Spec.Levels.Where(level => level.Scope == LevelScope.Shared))
        {
            levels.Add(getWhole is not null && level.Kind == UpdateKind.Statistics
                ? await getWhole(level.Id)
                : new CheckpointLevel(level.Id, await getVersion(level.Id)));
        }

        return new ModelCheckpoint(settings, levels);
    }

    /// <summary>
    /// Reads a model that <see cref="Write"/> has written with its statistics, if it has any, or one of <see cref="SequenceModelFile"/>, which has
    /// the defaults for all but its shape.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="maxParameters">The most parameters of a model that is read; of a classifier, the most values of all its tensors.</param>
    /// <returns>The model as it was; of a sequence model the versions are called 0.</returns>
    /// <exception cref="SafetensorsException">The file is damaged.</exception>
    /// <exception cref="InvalidModelFileException">It holds no model, one that cannot begin so, or another one than it says.</exception>
    /// <exception cref="InvalidSpecException">A setting is out of its range.</exception>
    public static ModelCheckpoint Read(SafetensorsReader file, double maxParameters)
    {
        ModelSettings settings = file.Metadata.TryGetValue(ModelName, out string? json) ? Parse(json) : OfManifest(SequenceModelFile.ManifestOf(file));
        return settings.Spec switch
        {
            SequenceSpec spec => new ModelCheckpoint(settings, ReadLevels(file, spec, maxParameters)),
            ClassifierSpec => new ModelCheckpoint(settings, [ClassifierFile.Read(file, maxParameters)]),
            var other => throw new InvalidModelFileException("the model", $"a {other.GetType().Name}", "a sequence model or a classifier"),
        };
    }

    /// <summary>What levels begin with that are to go on from here.</summary>
    public IReadOnlyList<InitialLevel> InitialLevels => [.. Levels.Select(level => new InitialLevel(level.Level, level.Version.Tensors) { Statistics = level.Statistics })];

    /// <summary>Writes the file from the stream's position on.</summary>
    public void Write(Stream file) => SafetensorsWriter.Write(file, Tensors(), Metadata());

    /// <summary>The same, without waiting for the stream on a thread.</summary>
    public ValueTask WriteAsync(Stream file, CancellationToken cancellationToken) => SafetensorsWriter.WriteAsync(file, Tensors(), Metadata(), cancellationToken);

    private static CheckpointLevel[] ReadLevels(SafetensorsReader file, SequenceSpec spec, double maxParameters)
    {
        if (!(spec.Model.MostParameters <= maxParameters))
        {
            throw new InvalidModelFileException("the number of parameters", FormattableString.Invariant($"about {spec.Model.MostParameters:0}"), FormattableString.Invariant($"up to {maxParameters:0}"));
        }

        using SequenceModel model = new(new ManagedBackend(1), spec.Model);
        InitialStates.Load(model, file);
        return [.. spec.Levels.Select((level, i) => new CheckpointLevel(level.Id, new LevelVersion(0, 0, model.Parameters.Save(i))))];
    }

    private TensorSet Tensors()
    {
        TensorSet tensors = [];
        foreach (NamedTensor tensor in Levels.SelectMany(level => Settings.Spec is ClassifierSpec ? ClassifierFile.Tensors(level) : level.Version.Tensors.OfType<DenseTensor>()))
        {
            tensors.Add(tensor);
        }

        return tensors;
    }

    private Dictionary<string, string> Metadata()
    {
        Dictionary<string, string> metadata = Settings.Spec is SequenceSpec { Tokenizer: { } tokenizer } spec
            ? SequenceModelFile.Metadata(Describe(spec, tokenizer.Make()))
            : new Dictionary<string, string> { ["format"] = "pt" };
        foreach ((string name, string text) in Settings.Spec is ClassifierSpec ? Levels.SelectMany(ClassifierFile.Metadata) : [])
        {
            metadata[name] = text;
        }

        metadata[ModelName] = JsonSerializer.Serialize(new ModelDocument(Settings.Spec, Settings.Policy), ApiJson.Default.ModelDocument);
        return metadata;
    }

    private SequenceModelManifest Describe(SequenceSpec spec, ITokenizer tokenizer)
    {
        using SequenceModel model = new(new ManagedBackend(1), spec.Model);
        return SequenceModelFile.Describe(model, tokenizer, Levels.Max(level => level.Version.Events), [.. Levels.Select(level => level.Version.Number)]);
    }

    private static ModelSettings OfManifest(SequenceModelManifest manifest)
    {
        SequenceSpec spec = new(manifest.Settings) { Tokenizer = manifest.Tokenizer };
        spec.Validate();
        return new ModelSettings(spec, new RoundPolicy());
    }

    private static ModelSettings Parse(string json)
    {
        try
        {
            ModelDocument document = ModelDocument.Parse(System.Text.Encoding.UTF8.GetBytes(json));
            document.Spec.Validate();
            return new ModelSettings(document.Spec, document.Policy);
        }
        catch (Exception error) when (error is JsonException or InvalidInputException)
        {
            throw new InvalidModelFileException($"the metadata '{ModelName}'", $"no model ({error.Message})", "what makes a model", error);
        }
    }
}
