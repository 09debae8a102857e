using System.Text.Json;
using NestedLearning.Embedded;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Training.Sequences;

/// <summary>The model of a training that was saved, as a file of its own.</summary>
internal static class SequenceExport
{
    /// <summary>Writes the model; the file is there whole or not at all.</summary>
    /// <returns>What the file says of it.</returns>
    /// <exception cref="StoreException">Nothing is saved there, or it is damaged or in use.</exception>
    public static async Task<SequenceModelManifest> WriteAsync(string directory, FileInfo file, CancellationToken cancellationToken)
    {
        using LocalTierStore store = LocalTierStore.Open(directory);
        TensorSet state = await ReadAsync(store, directory, cancellationToken);
        string fingerprint = string.Concat(state.Get<TextTensor>(SequenceCheckpoint.Fingerprint).Texts);
        SequenceFingerprint run = JsonSerializer.Deserialize(fingerprint, SequenceReportJson.Default.SequenceFingerprint)!;
        using SequenceModel model = new(new ManagedBackend(1), run.Model);
        (long steps, IReadOnlyList<long> versions) = run.Tiers is { } tiers
            ? await LoadLevelsAsync(model, tiers, run.Training, store, cancellationToken)
            : LoadLearner(model, run.Training, state);
        SequenceModelManifest manifest = SequenceModelFile.Describe(
            model, SavedTokenizer.Load(state.Part(SequenceCheckpoint.TokenizerPrefix)), steps, versions);
        string unfinished = file.FullName + ".part";
        using (FileStream stream = File.Create(unfinished))
        {
            SequenceModelFile.Write(stream, manifest, model.Parameters.Save());
        }

        File.Move(unfinished, file.FullName, overwrite: true);
        return manifest;
    }

    private static (long Steps, IReadOnlyList<long> Versions) LoadLearner(SequenceModel model, SequenceTrainingSettings training, TensorSet state)
    {
        using SequenceLearner learner = new(model, training);
        learner.Load(state);
        return (learner.Steps, learner.Versions);
    }

    /// <summary>Takes up what the levels of a training by workers have folded; an event of theirs is a step of one worker.</summary>
    private static async Task<(long Steps, IReadOnlyList<long> Versions)> LoadLevelsAsync(
        SequenceModel model, SequenceTiers tiers, SequenceTrainingSettings training, LocalTierStore store, CancellationToken cancellationToken)
    {
        await using EmbeddedCluster cluster = new(store, new EmbeddedOptions());
        SequenceVersions versions = await SequenceVersions.ReadAsync(
            cluster, TierRun.Model, tiers.Spec(model.Settings, training), cancellationToken);
        model.Parameters.Load(versions.Parameters);
        IReadOnlyList<LevelStatus> levels = await cluster.GetLevelsAsync(TierRun.Model, cancellationToken);
        return (levels.Max(level => level.Events) / tiers.Workers, versions.Versions);
    }

    private static async Task<TensorSet> ReadAsync(LocalTierStore store, string directory, CancellationToken cancellationToken)
    {
        return await store.LoadAsync(SequenceCheckpoint.Key, cancellationToken) is { } stored
            ? SequenceCheckpoint.Decode(stored)
            : throw new DataException(directory, null, "without a run of nl train hope");
    }
}
