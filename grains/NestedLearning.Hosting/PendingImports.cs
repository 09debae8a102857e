using System.Text.Json;
using System.Text.Json.Serialization;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>
/// What is stored for a model that is being imported, and belongs to nobody until the model is there: it is named here before the first
/// part of it is stored. An import that was cut short is so either gone on with by the same one again, or found and taken away when a
/// model of the name is made, opened or deleted. Not safe for concurrent use.
/// </summary>
/// <param name="store">Where the model is.</param>
/// <param name="model">The model.</param>
public sealed class PendingImports(ITierStore store, ModelId model)
{
    private readonly StateSlot _slot = new(store, StateKey.Imports(model));
    private IReadOnlyList<PendingImport>? _pending;

    /// <summary>Whether something of an import is named.</summary>
    public async ValueTask<bool> AreThereAsync(CancellationToken cancellationToken) => (await LoadAsync(cancellationToken)).Count > 0;

    /// <summary>Names what a level would begin with; nothing happens when it is named already.</summary>
    /// <param name="digest">Names all that the model's levels would begin with.</param>
    /// <param name="level">The level.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">It could not be saved, or somebody else has saved others.</exception>
    public async ValueTask AddAsync(string digest, LevelId level, CancellationToken cancellationToken)
    {
        IReadOnlyList<PendingImport> pending = await LoadAsync(cancellationToken);
        PendingImport import = new(digest, level.Value);
        if (!pending.Contains(import))
        {
            PendingImport[] next = [.. pending, import];
            await _slot.SaveAsync(JsonSerializer.SerializeToUtf8Bytes(next, PendingImportsJson.Default.PendingImportArray), cancellationToken);
            _pending = next;
        }
    }

    /// <summary>
    /// The model is there, or is not to be: takes away what was stored for others than it, and names nothing any more. Nobody imports
    /// successfully what is taken away here, as the name is taken.
    /// </summary>
    /// <param name="digest">What the model begins with; null for nothing.</param>
    /// <param name="cancellationToken">Gives up; the same call again goes on.</param>
    public async ValueTask EndAsync(string? digest, CancellationToken cancellationToken)
    {
        if (!await AreThereAsync(cancellationToken))
        {
            return;
        }

        foreach (PendingImport import in (await LoadAsync(cancellationToken)).Where(import => import.Digest != digest))
        {
            await InitialParts.DeleteAsync(store, model, import.Digest, new LevelId(import.Level), cancellationToken);
        }

        await _slot.DeleteAsync(cancellationToken);
        _pending = [];
    }

    private async ValueTask<IReadOnlyList<PendingImport>> LoadAsync(CancellationToken cancellationToken)
    {
        if (_pending is null)
        {
            PendingImport[] pending = [];
            await _slot.LoadAsync(saved => pending = JsonSerializer.Deserialize(saved.Span, PendingImportsJson.Default.PendingImportArray) ?? [], cancellationToken);
            _pending = pending;
        }

        return _pending;
    }
}

/// <summary>What a level of a model that is being imported would begin with.</summary>
/// <param name="Digest">Names all that the model's levels would begin with.</param>
/// <param name="Level">The level.</param>
internal sealed record PendingImport(string Digest, string Level);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PendingImport[]))]
internal sealed partial class PendingImportsJson : JsonSerializerContext;
