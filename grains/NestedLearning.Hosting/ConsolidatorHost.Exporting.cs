using System.Runtime.CompilerServices;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>How a level tells what it has of a source.</summary>
public sealed partial class ConsolidatorHost
{
    /// <summary>
    /// Everything that the level has of a source, as files, of the moment at which the first is asked for. One turn takes what is at hand;
    /// what is stored beside the state is read outside of turns, blob by blob, and each update has a short turn, so folds go on meanwhile.
    /// </summary>
    /// <param name="source">The source.</param>
    /// <param name="through">Only updates up to this number.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ExportOvertakenException">The source was taken out meanwhile.</exception>
    /// <exception cref="StoreException">Another owner has saved the level since; this one has to go.</exception>
    public async IAsyncEnumerable<ExportedFile> ExportAsync(SourceId source, long through, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LevelHoldings held = await _mailbox.AskAsync(
            async turn =>
            {
                await FinishFoldAsync(turn);
                await CheckOwnedAsync(turn);
                return _consolidator.Hold(source);
            },
            cancellationToken);
        LevelExport export = _consolidator.Export(held, through);
        await foreach (HeldUpdate update in UpdatesAsync(held, cancellationToken))
        {
            if (await _mailbox.AskAsync(turn => _compute.RunAsync(() => export.Add(update), turn), cancellationToken) is { } file)
            {
                yield return file;
            }
        }

        IReadOnlyList<HeldLineage> lineage = await LineageOfAsync(source, held.Version, cancellationToken);
        if (await _mailbox.AskAsync(_ => ValueTask.FromResult(_consolidator.IsTakenOutSince(source, held.Marks.AppliedThrough)), cancellationToken))
        {
            throw new ExportOvertakenException(Level);
        }

        foreach (ExportedFile file in export.End(_consolidator.IsForgettable, lineage))
        {
            yield return file;
        }
    }

    private async IAsyncEnumerable<HeldUpdate> UpdatesAsync(LevelHoldings held, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (HeldUpdate update in held.AtHand.Where(update => update.Place != UpdatePlace.Released))
        {
            yield return update;
        }

        foreach (AttachmentName name in held.Stored)
        {
            foreach (HeldUpdate update in await ReadStoredAsync(held.Source, name, cancellationToken))
            {
                yield return update;
            }
        }

        foreach (HeldUpdate update in held.AtHand.Where(update => update.Place == UpdatePlace.Released))
        {
            yield return update;
        }
    }

    /// <summary>A blob may be written again without another source meanwhile: what it was called tells which one it is now.</summary>
    private async ValueTask<IReadOnlyList<HeldUpdate>> ReadStoredAsync(SourceId source, AttachmentName name, CancellationToken cancellationToken)
    {
        AttachmentName asked = name;
        while (true)
        {
            try
            {
                ReadOnlyMemory<byte> bytes = await _storage.LoadAsync(asked, cancellationToken);
                return await _compute.RunAsync(() => _consolidator.ReadStored(source, asked, bytes), cancellationToken);
            }
            catch (StoreException error) when (error.Problem == StoreProblem.Damaged)
            {
                AttachmentName? now = await _mailbox.AskAsync(
                    _ => ValueTask.FromResult(_consolidator.StoredUpdates.FirstOrDefault(each => (each.Kind, each.Number) == (name.Kind, name.Number))),
                    cancellationToken);
                if (now == asked)
                {
                    throw; // It is damaged indeed.
                }

                asked = now ?? throw new ExportOvertakenException(Level);
            }
        }
    }

    private async ValueTask<IReadOnlyList<HeldLineage>> LineageOfAsync(SourceId source, long version, CancellationToken cancellationToken)
    {
        List<HeldLineage> found = [];
        IReadOnlyList<VersionRecord> some;
        for (long before = version + 1; (some = await GetVersionsAsync(before, ILearningCluster.MaxVersions, cancellationToken)).Count > 0; before = some[^1].Entry.Version)
        {
            found.AddRange(some.Select(each => HeldLineage.Of(each.Entry, source.Value)).OfType<HeldLineage>());
        }

        return found;
    }
}
