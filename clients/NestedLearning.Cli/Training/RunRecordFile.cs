using System.Text.Json;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Training;

/// <summary>Keeps a run's record beside the run's tiers.</summary>
internal sealed class RunRecordFile(ITierStore store, ModelId model)
{
    private readonly StateKey _key = StateKey.Run(model);
    private string? _tag;

    /// <summary>The record of this run so far; null where it has not begun.</summary>
    /// <exception cref="RunConflictException">The store holds a run over other data or with other settings.</exception>
    /// <exception cref="StoreException">The record is damaged.</exception>
    public async Task<RunRecord?> LoadAsync(string fingerprint, CancellationToken cancellationToken)
    {
        if (await store.LoadAsync(_key, cancellationToken) is not { } stored)
        {
            return null;
        }

        _tag = stored.ETag;
        try
        {
            RunRecord record = RunRecord.FromJson(stored.Bytes.Span);
            return record.Fingerprint == fingerprint ? record : throw new RunConflictException();
        }
        catch (JsonException error)
        {
            throw new StoreException(StoreProblem.Damaged, _key.Value, "is not the record of a run", error);
        }
    }

    public async Task SaveAsync(RunRecord record, CancellationToken cancellationToken) =>
        _tag = await store.SaveAsync(_key, record.ToJson(), _tag, cancellationToken);
}

/// <summary>The data directory belongs to another run.</summary>
internal sealed class RunConflictException()
    : NestedLearningException(
        "--data-dir holds another run, over other data or with other settings; repeat its own command to resume it, or name an empty directory.");
