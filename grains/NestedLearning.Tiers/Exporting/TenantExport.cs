using System.Runtime.CompilerServices;
using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>What is exported of a tenant, in every engine alike; <c>docs/protocol.md</c> describes the files.</summary>
/// <remarks>
/// The memory comes first, and of the levels only what it had sent up by then. What leaves its outbox while the levels are read is in
/// them already, so nothing is missing; it may be in both.
/// </remarks>
public static class TenantExport
{
    /// <summary>The files, of which one is in memory at a time.</summary>
    /// <param name="memory">Whose.</param>
    /// <param name="settings">What the model was made with.</param>
    /// <param name="holdings">What the engine holds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="UnknownTenantException">Nothing is known of the tenant; no file came.</exception>
    /// <exception cref="ExportOvertakenException">The tenant was taken out meanwhile.</exception>
    public static async IAsyncEnumerable<ExportedFile> RunAsync(
        MemoryAddress memory, ModelSettings settings, ITenantHoldings holdings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HeldMemory held = await holdings.ReadMemoryAsync(cancellationToken);
        if (!held.Document.IsKnown)
        {
            throw new UnknownTenantException(memory.Model, memory.Tenant);
        }

        ExportManifest manifest = ExportManifest.Of(memory);
        await foreach (ExportedFile file in FilesAsync(memory, settings, held, holdings, cancellationToken))
        {
            manifest = manifest.With(file);
            yield return file;
        }

        yield return manifest.ToFile();
    }

    private static async IAsyncEnumerable<ExportedFile> FilesAsync(
        MemoryAddress memory, ModelSettings settings, HeldMemory held, ITenantHoldings holdings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return ExportJson.File("model.json", new ModelDocument(settings.Spec, settings.Policy), ExportJson.Default.ModelDocument);
        foreach (ExportedFile file in held.ToFiles(memory))
        {
            yield return file;
        }

        foreach (LevelSpec level in settings.Spec.Levels.Where(level => level.Scope == LevelScope.Shared))
        {
            await foreach (ExportedFile file in holdings.ReadLevelAsync(level.Id, held.LastUpdate(level.Id), cancellationToken))
            {
                yield return file;
            }
        }
    }
}
