using System.Runtime.CompilerServices;
using System.Text.Json;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>What a cluster holds of a tenant: its grains tell it page by page.</summary>
/// <param name="memory">The tenant's memory.</param>
/// <param name="readMemory">Asks it for a page.</param>
/// <param name="readLevel">Asks a level for a page of an export up to a number.</param>
internal sealed class GrainHoldings(
    MemoryAddress memory,
    Func<Guid, int, CancellationToken, ValueTask<ExportPage>> readMemory,
    Func<LevelId, long, Guid, int, CancellationToken, ValueTask<ExportPage>> readLevel) : ITenantHoldings
{
    /// <summary>What a memory's export calls its state.</summary>
    internal const string State = "state";

    /// <summary>What a memory's export calls how it stands.</summary>
    internal const string Document = "document";

    public async ValueTask<HeldMemory> ReadMemoryAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, ReadOnlyMemory<byte>> parts = [];
        await foreach (ExportedFile part in FilesAsync(readMemory, cancellationToken))
        {
            parts.Add(part.Name, part.Content);
        }

        HeldMemoryDocument document = JsonSerializer.Deserialize(parts[Document].Span, ExportJson.Default.HeldMemoryDocument)
            ?? throw new JsonException($"How the memory of '{memory.Tenant}' stands is null.");
        return new HeldMemory(document, parts[State]);
    }

    public IAsyncEnumerable<ExportedFile> ReadLevelAsync(LevelId level, long through, CancellationToken cancellationToken) =>
        FilesAsync((export, page, stop) => readLevel(level, through, export, page, stop), cancellationToken);

    private static async IAsyncEnumerable<ExportedFile> FilesAsync(
        Func<Guid, int, CancellationToken, ValueTask<ExportPage>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Guid export = Guid.NewGuid();
        using MemoryStream file = new();
        ExportPage page;
        int number = 0;
        do
        {
            page = await read(export, number++, cancellationToken);
            foreach (ExportSlice slice in page.Slices)
            {
                file.Write(slice.Bytes.Bytes.Span);
                if (slice.IsEnd)
                {
                    yield return new ExportedFile(slice.Name, file.ToArray());
                    file.SetLength(0);
                }
            }
        }
        while (!page.IsLast);
    }
}
