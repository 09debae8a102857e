using System.Text.Json;
using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Whole sequence models as safetensors: each parameter under its name in float32, and a manifest in the metadata, so that one file is all
/// that it takes to use the model elsewhere.
/// </summary>
public static class SequenceModelFile
{
    /// <summary>The metadata that holds the manifest, a JSON document.</summary>
    public const string ManifestName = "nested-learning";

    /// <summary>What to say of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">What makes its tokens.</param>
    /// <param name="step">How many steps it has learned.</param>
    /// <param name="versions">How many times the parameters of each of its groups have changed, in their order.</param>
    public static SequenceModelManifest Describe(SequenceModel model, ITokenizer tokenizer, long step, IReadOnlyList<long> versions) => new(
        model.Settings,
        ManifestTokenizer.Of(tokenizer),
        [.. model.Parameters.Select((group, i) => new SequenceModelLevel(group.Level, model.Periods[i], versions[i], [.. group.Select(parameter => parameter.Name)]))])
    {
        Step = step,
    };

    /// <summary>Writes a model.</summary>
    /// <param name="file">Where to.</param>
    /// <param name="manifest">What the file says of it.</param>
    /// <param name="parameters">The values of its parameters, and what else there may be, which is left out.</param>
    /// <exception cref="TensorMissingException">A parameter that the manifest names is missing.</exception>
    public static void Write(Stream file, SequenceModelManifest manifest, TensorSet parameters)
    {
        DenseTensor[] tensors = [.. manifest.Levels.SelectMany(level => level.Tensors).Select(parameters.Get<DenseTensor>)];
        SafetensorsWriter.Write(file, tensors, Metadata(manifest));
    }

    /// <summary>What a file says of itself: its kind, and the manifest.</summary>
    public static Dictionary<string, string> Metadata(SequenceModelManifest manifest) => new()
    {
        ["format"] = "pt",
        [ManifestName] = ToJson(manifest),
    };

    /// <summary>The manifest as a JSON document.</summary>
    public static string ToJson(SequenceModelManifest manifest) => JsonSerializer.Serialize(manifest, SequenceModelJson.Default.SequenceModelManifest);

    /// <summary>What a file of <see cref="Write"/> says of its model.</summary>
    /// <exception cref="InvalidModelFileException">It has no manifest, or none that is known.</exception>
    /// <exception cref="InvalidSpecException">A setting is out of its range.</exception>
    public static SequenceModelManifest ManifestOf(SafetensorsReader file)
    {
        if (!file.Metadata.TryGetValue(ManifestName, out string? json))
        {
            throw new InvalidModelFileException($"the metadata '{ManifestName}'", "missing", "the manifest of a model that nl has exported");
        }

        try
        {
            SequenceModelManifest manifest = JsonSerializer.Deserialize(json, SequenceModelJson.Default.SequenceModelManifest)!;
            manifest.Settings.Validate();
            return manifest.Format == SequenceModelManifest.CurrentFormat
                ? manifest
                : throw new InvalidModelFileException("the manifest's format", $"{manifest.Format}", $"{SequenceModelManifest.CurrentFormat}");
        }
        catch (JsonException error)
        {
            throw new InvalidModelFileException($"the metadata '{ManifestName}'", $"no manifest ({error.Message})", "the manifest of a model that nl has exported", error);
        }
    }

    /// <summary>What makes the tokens of a model.</summary>
    /// <exception cref="InvalidModelFileException">It makes more than the model has.</exception>
    /// <exception cref="InvalidTokenizerException">It is of a kind that is not known, or its parts do not fit.</exception>
    public static ITokenizer TokenizerOf(SequenceModelManifest manifest)
    {
        ITokenizer tokenizer = manifest.Tokenizer.Make();
        return tokenizer.Vocabulary <= manifest.Settings.Vocabulary
            ? tokenizer
            : throw new InvalidModelFileException("the tokenizer's vocabulary", $"{tokenizer.Vocabulary}", $"up to the model's {manifest.Settings.Vocabulary}");
    }

    /// <summary>Reads the model that <see cref="Write"/> has written, to the bit.</summary>
    /// <exception cref="SafetensorsException">The file is damaged.</exception>
    /// <exception cref="InvalidModelFileException">It holds another model than its manifest says, or a value that is no number.</exception>
    public static SavedSequenceModel Read(SafetensorsReader file, ITensorBackend backend)
    {
        SequenceModelManifest manifest = ManifestOf(file);
        ITokenizer tokenizer = TokenizerOf(manifest);
        SequenceModel model = new(backend, manifest.Settings);
        try
        {
            InitialStates.Load(model, file);
            return new SavedSequenceModel(model, tokenizer, manifest);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
