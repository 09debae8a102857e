using NestedLearning.Models;

namespace NestedLearning.Cli.Data;

/// <summary>Opens what <c>--data</c> names.</summary>
internal static class DataSource
{
    private const string StandardInput = "-";
    private const string BuiltIn = "builtin:";

    /// <summary>
    /// Opens a file, its address or a web server's, <c>-</c> for standard input, or <c>builtin:dotnet-messages</c>. Files named .jsonl, .ndjson and
    /// .json are JSON Lines, .csv is CSV; of all else, what begins with a brace is JSON Lines and the rest CSV.
    /// </summary>
    /// <exception cref="DataException">There is no such file or data set, or it cannot be read.</exception>
    /// <exception cref="FieldNamesException">The names of the fields cannot be told apart.</exception>
    public static IExampleSource Open(string specification, DataOptions options)
    {
        options.Fields.Validate();
        if (specification.StartsWith(BuiltIn, StringComparison.Ordinal))
        {
            return specification == DotnetMessages.SourceName
                ? new DotnetMessages(options.Messages)
                : throw new DataException(specification, null, $"no such data set; accepted is {DotnetMessages.SourceName}");
        }

        if (specification == StandardInput)
        {
            return OpenSniffed(options.StandardInput(), specification, options);
        }

        Uri? address = DataAddress.Of(specification);
        string name = address switch
        {
            null => specification,
            { IsFile: true } => address.LocalPath,
            _ => address.GetLeftPart(UriPartial.Path),
        };
        Stream stream = address is { IsFile: false } ? WebFile.Open(address) : OpenFile(name);
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".jsonl" or ".ndjson" or ".json" => new JsonLinesReader(stream, name, options.Fields, options.Limits),
            ".csv" => new CsvReader(stream, name, options.Fields, options.Limits),
            _ => OpenSniffed(stream, name, options),
        };
    }

    private static FileStream OpenFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw new DataException(path, null, "a folder; accepted is a file");
        }

        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException(path, null, "no such file", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DataException(path, null, "access denied; accepted is a file that this user may read", e);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            throw new DataException(path, null, $"cannot be opened: {e.Message}", e);
        }
    }

    private static ExampleReader OpenSniffed(Stream stream, string name, DataOptions options)
    {
        SniffedStream sniffed = new(stream);
        return StartsWithBrace(sniffed, name)
            ? new JsonLinesReader(sniffed, name, options.Fields, options.Limits)
            : new CsvReader(sniffed, name, options.Fields, options.Limits);
    }

    private static bool StartsWithBrace(SniffedStream stream, string name)
    {
        try
        {
            return stream.FirstVisibleByte() == '{';
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            stream.Dispose();
            throw new DataException(name, null, $"cannot be read: {e.Message}", e);
        }
    }
}
