using Polly;

namespace NestedLearning.Silo.Database;

/// <summary>Where scripts are taken from.</summary>
internal delegate Task<byte[]> ScriptSource(OrleansScript script, CancellationToken cancellationToken);

/// <summary>The places where scripts are.</summary>
internal static class ScriptSources
{
    /// <summary>A folder that holds the files side by side.</summary>
    public static ScriptSource Folder(string path) => async (script, cancellationToken) =>
    {
        string file = Path.Combine(path, script.File);
        try
        {
            return await File.ReadAllBytesAsync(file, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ScriptException($"'{file}' cannot be read: {error.Message}", error);
        }
    };

    /// <summary>The repository of Orleans.</summary>
    public static ScriptSource Web(HttpClient client, ResiliencePipeline pipeline) => async (script, cancellationToken) =>
    {
        try
        {
            return await pipeline.ExecuteAsync(async stop => await client.GetByteArrayAsync(script.Url, stop), cancellationToken);
        }
        catch (HttpRequestException error)
        {
            throw new ScriptException($"{script.Url} cannot be fetched: {error.Message} With --scripts FOLDER the files are taken from a folder.", error);
        }
    };
}
