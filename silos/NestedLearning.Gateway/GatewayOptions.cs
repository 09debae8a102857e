using NestedLearning.Gateway.Access;
using NestedLearning.Gateway.Access.Tokens;
using NestedLearning.Gateway.Tls;
using NestedLearning.Hosting;

namespace NestedLearning.Gateway;

/// <summary>What the gateway takes; all of it is checked when it starts.</summary>
public sealed class GatewayOptions
{
    /// <summary>
    /// The longest line of events in bytes, 1,024 to 67,108,864; default 8 MiB, room for the longest text of any model.
    /// A connection takes twice as much memory in the worst case.
    /// </summary>
    public int MaxLineBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>
    /// How many events are learned between two receipts at most, 1 to 4,096; default 256. More is faster, and lets one
    /// connection keep a memory longer from others.
    /// </summary>
    public int MaxBatchEvents { get; set; } = 256;

    /// <summary>The longest body that is not a stream of events, 1,024 to 268,435,456 bytes; default 32 MiB.</summary>
    public int MaxBodyBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>
    /// How many times as long as it was sent a body in gzip may be, 2 to 1,000; default 100. Beyond a first MiB, a longer one
    /// is refused: it is made to cost.
    /// </summary>
    public int MaxExpansion { get; set; } = 100;

    /// <summary>How many questions one request may ask, 1 to 65,536; default 1,024.</summary>
    public int MaxInputs { get; set; } = 1024;

    /// <summary>
    /// How many feeds may be open at once, 1 to 1,000,000; default 20,000. One that is idle over a WebSocket takes about 20
    /// KB; further ones are told to come back.
    /// </summary>
    public int MaxFeeds { get; set; } = 20_000;

    /// <summary>
    /// The most parameters of a sequence model that a request may make, 1,024 to 17,179,869,184; default 268,435,456. Each takes four bytes
    /// in its level, as many again for what the level's optimiser remembers of it, and four in each memory.
    /// </summary>
    public long MaxModelParameters { get; set; } = 1L << 28;

    /// <summary>How many texts may go on at once, 1 to 65,536; default 64. They share half of the processors.</summary>
    public int MaxGenerations { get; set; } = 64;

    /// <summary>The most tokens that a request may add to a text, 1 to 1,000,000,000; default 16,384.</summary>
    public int MaxGeneratedTokens { get; set; } = 16_384;

    /// <summary>
    /// How many bytes of parameters are kept for texts that go on, 1,024 to 1,099,511,627,776; default 1 GiB. A model that is larger goes on
    /// with none.
    /// </summary>
    public long MaxGenerationBytes { get; set; } = 1L << 30;

    /// <summary>
    /// How many requests a key may make a minute that has no limit of its own, 1 to 1,000,000,000; default 600,000. Events
    /// travel many in one request.
    /// </summary>
    public int MaxRequestsPerMinute { get; set; } = 600_000;

    /// <summary>
    /// The file of the keys that callers may have; null for none. It is read again once it has changed. Where there is no
    /// such file yet, there are no such keys.
    /// </summary>
    public string? KeysFile { get; set; }

    /// <summary>A key of this process alone; null for none.</summary>
    public ApiKey? ProcessKey { get; set; }

    /// <summary>Tokens of another issuer that are taken for keys; null for none.</summary>
    public TokenOptions? Tokens { get; set; }

    /// <summary>What the API's port proves its name and encrypts with; null for no encryption.</summary>
    public ServerCertificate? Certificate { get; set; }

    /// <summary>
    /// Whether callers without keys are served where the gateway asks for none, whatever host they think it is; default
    /// false. Only a network whose machines are all trusted makes that safe.
    /// </summary>
    public bool IsPublic { get; set; }

    /// <summary>Says when keys expire.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Whether callers need no key: there is no place where one could be.</summary>
    public bool IsOpen => KeysFile is null && ProcessKey is null && Tokens is null;

    /// <summary>How much it goes on with texts. A state travels in base64, in a body of its own.</summary>
    internal GenerationLimits Generation() => new()
    {
        MaxOpen = MaxGenerations,
        MaxTokens = MaxGeneratedTokens,
        MaxModelBytes = MaxGenerationBytes,
        MaxStateBytes = Math.Max(1024, MaxBodyBytes / 2),
    };
}
