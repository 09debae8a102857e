using System.Runtime.CompilerServices;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Client;

/// <summary>What takes a tenant's data along.</summary>
public sealed partial class HttpLearningCluster
{
    /// <inheritdoc/>
    /// <exception cref="ServerUnreachableException">The server cannot be reached, or the export ended before its manifest.</exception>
    public async IAsyncEnumerable<ExportedFile> ExportTenantAsync(
        ModelId model, TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string path = ApiPaths.Export(new MemoryAddress(model, tenant));
        using HttpResponseMessage answer = await _retry.ExecuteAsync(
            async stop => await _connection.OpenAsync(path, stop), cancellationToken);
        await using Stream archive = await _connection.GuardAsync(() => answer.Content.ReadAsStreamAsync(cancellationToken), cancellationToken);
        await using IAsyncEnumerator<ExportedFile> files = ExportArchive.ReadAsync(archive, cancellationToken).GetAsyncEnumerator(cancellationToken);
        string last = "";
        while (await _connection.GuardAsync(async () => await files.MoveNextAsync(), cancellationToken))
        {
            last = files.Current.Name;
            yield return files.Current;
        }

        if (last != ExportManifest.FileName)
        {
            throw new ServerUnreachableException(_connection.Server, "the export ended before its manifest");
        }
    }
}
