namespace NestedLearning.Client;

/// <summary>The file of a spool: records one after another, each on the disk when its write returns.</summary>
internal sealed class SpoolFile : IDisposable
{
    private FileStream _stream;

    private SpoolFile(string path, FileStream stream)
    {
        Path = path;
        _stream = stream;
    }

    public string Path { get; }

    public int Length => (int)_stream.Length;

    /// <summary>Opens the file, or makes it.</summary>
    /// <exception cref="SpoolException">Another client has it open, or it may not be written.</exception>
    public static SpoolFile Open(string path)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
            return new SpoolFile(path, OpenAlone(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            bool isInUse = error is IOException && File.Exists(path) && !Directory.Exists(path);
            throw isInUse
                ? new SpoolException(SpoolProblem.InUse, path, "is open in another client; one may use it at a time", error)
                : new SpoolException(SpoolProblem.Unavailable, path, $"cannot be opened: {error.Message}", error);
        }
    }

    /// <summary>All records in their order. What a crash cut off at the end was never accepted, and is removed.</summary>
    /// <exception cref="SpoolException">Bytes before the end are not what was written.</exception>
    public IReadOnlyList<ReadOnlyMemory<byte>> ReadRecords() => Guarded(() =>
    {
        byte[] bytes = new byte[_stream.Length];
        _stream.Position = 0;
        _stream.ReadExactly(bytes);
        List<ReadOnlyMemory<byte>> records = [];
        int start = 0;
        while (SpoolRecord.LengthOf(bytes.AsSpan(start)) is { } length)
        {
            if (length < 0)
            {
                throw new SpoolException(SpoolProblem.Damaged, Path, $"is damaged at byte {start}; restore it, or delete it and feed its events again");
            }

            records.Add(bytes.AsMemory(start, length));
            start += length;
        }

        Truncate(start);
        return records;
    });

    public void Append(ReadOnlySpan<byte> record)
    {
        long before = _stream.Length;
        try
        {
            _stream.Position = before;
            _stream.Write(record);
            _stream.Flush(flushToDisk: true);
        }
        catch (IOException error)
        {
            _stream.SetLength(before);
            throw new SpoolException(SpoolProblem.Full, Path, $"cannot grow: {error.Message}", error);
        }
    }

    /// <summary>Removes what is after a place.</summary>
    public void Truncate(int length)
    {
        if (_stream.Length > length)
        {
            _stream.SetLength(length);
        }
    }

    /// <summary>Removes what is before a place, in one step: a crash leaves all or the rest.</summary>
    public void DropFirst(int count) => Guarded(() =>
    {
        string temporary = Path + ".new";
        using (FileStream copy = new(temporary, FileMode.Create))
        {
            _stream.Position = count;
            _stream.CopyTo(copy);
            copy.Flush(flushToDisk: true);
        }

        _stream.Dispose();
        File.Move(temporary, Path, overwrite: true);
        _stream = OpenAlone(Path);
        return true;
    });

    /// <summary>Leaves the file under another name, and begins with an empty one.</summary>
    public void SetAside() => Guarded(() =>
    {
        string name = Path;
        for (int i = 1; File.Exists(name); i++)
        {
            name = $"{Path}.aside-{i}";
        }

        _stream.Dispose();
        File.Move(Path, name);
        _stream = OpenAlone(Path);
        return true;
    });

    /// <summary>Closes the file; an empty one is deleted.</summary>
    public void Dispose()
    {
        bool isEmpty = _stream.CanWrite && _stream.Length == 0;
        _stream.Dispose();
        if (isEmpty)
        {
            File.Delete(Path);
        }
    }

    /// <summary>No buffer: a record is written whole.</summary>
    private static FileStream OpenAlone(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SpoolException(SpoolProblem.Unavailable, Path, $"cannot be used: {error.Message}", error);
        }
    }
}
