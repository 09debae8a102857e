using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace NestedLearning.Gateway.Access.Tokens;

/// <summary>
/// What an OpenID Connect issuer says of itself, its name and its keys (OpenID Connect Discovery 1.0). It is asked when the first
/// token comes, and then by tokens alone: by the first one after twelve hours, and by those whose key is not among the known ones,
/// once a minute at most. What it said stays true while it does not answer.
/// </summary>
internal sealed partial class IssuerKeys
{
    private const int LongestDocument = 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
    private static readonly TimeSpan PauseForNewKeys = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    private readonly Uri _authority;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly HttpDocumentRetriever _documents;
    private readonly SemaphoreSlim _asking = new(1);
    private volatile Answer? _known;
    private IssuerUnreachableException? _failure;
    private long? _asked;
    private long? _askedForNewKeys;

    public IssuerKeys(Uri authority, TimeProvider time, ILogger log)
    {
        _authority = authority;
        _time = time;
        _log = log;
        HttpClient http = new() { Timeout = Patience, MaxResponseContentBufferSize = LongestDocument };
        _documents = new HttpDocumentRetriever(http) { RequireHttps = !authority.IsLoopback };
    }

    /// <summary>What is known of the issuer.</summary>
    /// <exception cref="IssuerUnreachableException">It has not answered yet.</exception>
    public async ValueTask<OpenIdConnectConfiguration> GetAsync()
    {
        Answer? known = _known;
        if (known is not null && !IsOver(Lifetime, known.At))
        {
            return known.Issuer;
        }

        if (!await _asking.WaitAsync(known is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero))
        {
            return known!.Issuer; // Somebody else asks whether it is still true.
        }

        try
        {
            if (_known == known && IsOver(PauseAfterFailure, _asked))
            {
                await AskAsync_NeedsTurn();
            }

            return _known?.Issuer ?? throw _failure!;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>
    /// What the issuer says now, for a token whose key is not among those it has named before. Only such tokens wait for it.
    /// </summary>
    public async ValueTask<OpenIdConnectConfiguration> GetAfterAsync(OpenIdConnectConfiguration known)
    {
        await _asking.WaitAsync();
        try
        {
            if (_known!.Issuer == known && IsOver(PauseForNewKeys, _askedForNewKeys))
            {
                _askedForNewKeys = _time.GetTimestamp();
                await AskAsync_NeedsTurn();
            }

            return _known.Issuer;
        }
        finally
        {
            _asking.Release();
        }
    }

    private bool IsOver(TimeSpan pause, long? since) => since is not { } start || _time.GetElapsedTime(start) >= pause;

    private async Task AskAsync_NeedsTurn()
    {
        try
        {
            _known = new Answer(await ReadAsync(), _time.GetTimestamp());
            if (_failure is not null)
            {
                LogAnswers(_log, _authority);
            }

            _failure = null;
        }
        catch (IssuerUnreachableException error)
        {
            if (_failure is null)
            {
                LogSilent(_log, error.Message);
            }

            _failure = error;
        }

        _asked = _time.GetTimestamp();
    }

    private async Task<OpenIdConnectConfiguration> ReadAsync()
    {
        string address = _authority.ToString().TrimEnd('/') + "/.well-known/openid-configuration";
        OpenIdConnectConfiguration read;
        try
        {
            read = await OpenIdConnectConfigurationRetriever.GetAsync(address, _documents, CancellationToken.None);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw new IssuerUnreachableException(_authority, error.GetBaseException().Message, error); // It may answer anything.
        }

        return string.IsNullOrEmpty(read.Issuer) ? throw new IssuerUnreachableException(_authority, "it does not say its name")
            : read.SigningKeys.Count == 0 ? throw new IssuerUnreachableException(_authority, "it names none that is of use")
            : read;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Problem} Tokens by keys that it has not named before are not taken until it does.")]
    private static partial void LogSilent(ILogger logger, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "The issuer {Authority} answers again; its tokens are taken.")]
    private static partial void LogAnswers(ILogger logger, Uri authority);

    /// <summary>What the issuer said, and when.</summary>
    private sealed record Answer(OpenIdConnectConfiguration Issuer, long At);
}
