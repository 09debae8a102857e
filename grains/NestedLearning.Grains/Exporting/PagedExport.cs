using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>One export, page by page; the last page may be asked for again, when its answer was lost.</summary>
internal sealed class PagedExport(IAsyncEnumerable<ExportedFile> files) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<ExportedFile> _files = files.GetAsyncEnumerator();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private ExportedFile? _file;
    private int _offset;
    private int _number = -1;
    private ExportPage? _last;

    /// <summary>A page.</summary>
    /// <param name="number">Its number, from 0.</param>
    /// <param name="level">Whose it is, for the error.</param>
    /// <param name="bytes">About how long it may be.</param>
    /// <exception cref="ExportOvertakenException">It is neither the last page again nor the next one.</exception>
    public async ValueTask<ExportPage> ReadAsync(int number, LevelId level, int bytes)
    {
        await _turn.WaitAsync();
        try
        {
            if (number == _number + 1 && _last is not { IsLast: true })
            {
                _last = await NextAsync(bytes);
                _number = number;
            }

            return number == _number ? _last! : throw new ExportOvertakenException(level);
        }
        finally
        {
            _turn.Release();
        }
    }

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    private async ValueTask<ExportPage> NextAsync(int room)
    {
        List<ExportSlice> slices = [];
        while (room > 0)
        {
            if (_file is null)
            {
                if (!await _files.MoveNextAsync())
                {
                    return new ExportPage([.. slices], true);
                }

                (_file, _offset) = (_files.Current, 0);
            }

            ReadOnlyMemory<byte> rest = _file.Content[_offset..];
            ReadOnlyMemory<byte> taken = rest[..Math.Min(rest.Length, room)];
            slices.Add(new ExportSlice(_file.Name, new Payload(taken), taken.Length == rest.Length));
            _offset += taken.Length;
            room -= taken.Length + 1; // A file without bytes has a name.
            _file = taken.Length == rest.Length ? null : _file;
        }

        return new ExportPage([.. slices], false);
    }
}
