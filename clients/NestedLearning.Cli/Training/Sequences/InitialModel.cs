using System.Security.Cryptography;
using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Cli.Training.Sequences;

/// <summary>Where the parameters of a model begin: a safetensors file, and which of its tensors are taken; with no maps, all of a whole model.</summary>
internal sealed record InitialModel(FileInfo File, IReadOnlyList<TensorMap> Maps, string Digest)
{
    /// <summary>The shape of the whole model; null where only some tensors are taken.</summary>
    public SequenceSettings? Settings { get; private init; }

    /// <summary>What makes the whole model's tokens; null where only some tensors are taken.</summary>
    public ITokenizer? Tokenizer { get; private init; }

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="NestedLearningException">It is not what it is to be.</exception>
    public static InitialModel Read(FileInfo file, IReadOnlyList<TensorMap> maps)
    {
        using FileStream stream = file.OpenRead();
        string digest = string.Join(' ', [Convert.ToHexStringLower(SHA256.HashData(stream)), .. maps]);
        SafetensorsReader reader = new(stream);
        if (maps.Count > 0)
        {
            return new InitialModel(file, maps, digest);
        }

        SequenceModelManifest manifest = SequenceModelFile.ManifestOf(reader);
        return new InitialModel(file, maps, digest) { Settings = manifest.Settings, Tokenizer = SequenceModelFile.TokenizerOf(manifest) };
    }

    /// <summary>Sets the parameters of a model.</summary>
    /// <exception cref="NestedLearningException">A tensor is missing or has another shape.</exception>
    public void Apply(SequenceModel model)
    {
        using FileStream stream = File.OpenRead();
        SafetensorsReader reader = new(stream);
        if (Maps.Count == 0)
        {
            InitialStates.Load(model, reader);
            return;
        }

        InitialStates.Load(model, reader, Maps);
    }
}
