using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NestedLearning.Models;

namespace NestedLearning.Gateway.Access;

/// <summary>
/// The keys that are valid: one of this process, and those of a file, which is read again once it has changed. While a
/// changed file cannot be read, its keys stay as they were, and the log says so.
/// </summary>
internal sealed partial class KeyRing
{
    private readonly GatewayOptions _options;
    private readonly ILogger<KeyRing> _log;
    private readonly Lock _reading = new();
    private volatile FileKeys _fileKeys;

    /// <exception cref="KeyFileException">The file is there and cannot be read.</exception>
    public KeyRing(IOptions<GatewayOptions> options, ILogger<KeyRing> log)
    {
        _options = options.Value;
        _log = log;
        _fileKeys = Read(StampOf(_options.KeysFile));
    }

    /// <summary>Whether callers need no key.</summary>
    public bool IsOpen => _options.IsOpen;

    /// <summary>The key that a token opens; null where there is none.</summary>
    public ApiKey? Find(KeyToken token)
    {
        if (_options.ProcessKey is { } own && own.Name == token.Name && own.Matches(token))
        {
            return own;
        }

        return Current().Keys.TryGetValue(token.Name, out ApiKey? key) && key.Matches(token) ? key : null;
    }

    /// <summary>The keys that are bound to a tenant, by name.</summary>
    public IReadOnlyList<ApiKey> BoundTo(TenantId tenant) =>
        [.. Current().Keys.Values.Where(key => key.Tenants?.Contains(tenant) == true).OrderBy(key => key.Name.Value, StringComparer.Ordinal)];

    private static (DateTime Written, long Length) StampOf(string? path) =>
        path is not null && new FileInfo(path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : default;

    private FileKeys Current()
    {
        (DateTime, long) stamp = StampOf(_options.KeysFile);
        if (stamp == _fileKeys.Stamp)
        {
            return _fileKeys;
        }

        lock (_reading)
        {
            if (stamp != _fileKeys.Stamp)
            {
                _fileKeys = ReadAgain(stamp);
            }

            return _fileKeys;
        }
    }

    private FileKeys ReadAgain((DateTime, long) stamp)
    {
        try
        {
            return Read(stamp);
        }
        catch (KeyFileException error)
        {
            LogUnreadable(_log, error.Message);
            return new FileKeys(stamp, _fileKeys.Keys);
        }
    }

    private FileKeys Read((DateTime, long) stamp)
    {
        Dictionary<KeyId, ApiKey> keys = [];
        foreach (ApiKey key in _options.KeysFile is { } path ? KeyFile.Read(path) : [])
        {
            if (!keys.TryAdd(key.Name, key))
            {
                throw new KeyFileException(_options.KeysFile!, $"there are two keys '{key.Name}'");
            }
        }

        return new FileKeys(stamp, keys);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Problem} Those read before stay valid.")]
    private static partial void LogUnreadable(ILogger logger, string problem);

    /// <summary>What was read from the file, and how the file looked then.</summary>
    private sealed record FileKeys((DateTime Written, long Length) Stamp, IReadOnlyDictionary<KeyId, ApiKey> Keys);
}
