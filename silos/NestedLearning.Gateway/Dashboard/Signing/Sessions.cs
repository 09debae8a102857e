using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace NestedLearning.Gateway.Dashboard.Signing;

/// <summary>
/// The browsers that are signed in to this process, and the links that sign in one each. They end with the process; what they
/// may do is asked of the keys each time.
/// </summary>
internal sealed class Sessions(IOptions<GatewayOptions> options)
{
    /// <summary>The most at a time; who comes then ends the oldest.</summary>
    public const int Capacity = 1_000;

    private const int SecretBytes = 32;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Session> _sessions = [];
    private readonly Dictionary<string, string> _links = [];

    /// <summary>Of forms where nobody signs in: other sites cannot read the page that has it.</summary>
    public string OpenFormToken { get; } = NewSecret();

    private DateTimeOffset Now => options.Value.Time.GetUtcNow();

    /// <summary>Signs in a browser.</summary>
    public Session Begin(string credential)
    {
        Session session = new(NewSecret(), credential, NewSecret(), Now + Session.Lifetime);
        lock (_lock)
        {
            foreach (Session over in _sessions.Values.Where(one => one.Ends <= Now).ToArray())
            {
                _sessions.Remove(over.Id);
            }

            if (_sessions.Count == Capacity)
            {
                _sessions.Remove(_sessions.Values.MinBy(one => one.Ends)!.Id);
            }

            _sessions.Add(session.Id, session);
        }

        return session;
    }

    /// <summary>The session of a cookie; null where there is none, or it is over.</summary>
    public Session? Find(string id)
    {
        lock (_lock)
        {
            return _sessions.TryGetValue(id, out Session? session) && session.Ends > Now ? session : null;
        }
    }

    /// <summary>Signs out a browser.</summary>
    public void End(string id)
    {
        lock (_lock)
        {
            _sessions.Remove(id);
        }
    }

    /// <summary>Makes a code that signs in one browser, once.</summary>
    public string CreateLink(string credential)
    {
        string code = NewSecret();
        lock (_lock)
        {
            _links.Add(code, credential);
        }

        return code;
    }

    /// <summary>What a code was made for, the first time; null afterwards, and for what is no code.</summary>
    public string? TakeLink(string code)
    {
        lock (_lock)
        {
            return _links.Remove(code, out string? credential) ? credential : null;
        }
    }

    private static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
}
