using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>The exports that a grain has under way. Of too many the oldest is dropped: nobody asks for it any more, or has to begin again.</summary>
internal sealed class PagedExports
{
    private const int Most = 4;

    private readonly Dictionary<Guid, PagedExport> _exports = [];
    private readonly Queue<Guid> _oldest = new();

    /// <summary>A page of an export, which begins with its first.</summary>
    /// <param name="export">The export.</param>
    /// <param name="page">Its page, from 0.</param>
    /// <param name="begin">Begins it.</param>
    /// <param name="level">Whose it is, for the error.</param>
    /// <param name="bytes">About how long a page may be.</param>
    /// <exception cref="ExportOvertakenException">It is not known here any more.</exception>
    public async ValueTask<ExportPage> ReadAsync(Guid export, int page, Func<IAsyncEnumerable<ExportedFile>> begin, LevelId level, int bytes)
    {
        if (!_exports.TryGetValue(export, out PagedExport? known))
        {
            if (page > 0)
            {
                throw new ExportOvertakenException(level);
            }

            known = new PagedExport(begin());
            _exports.Add(export, known);
            _oldest.Enqueue(export);
            if (_exports.Count > Most)
            {
                _exports.Remove(_oldest.Dequeue());
            }
        }

        return await known.ReadAsync(page, level, bytes);
    }
}
