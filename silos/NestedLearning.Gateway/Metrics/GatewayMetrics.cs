using System.Diagnostics.Metrics;

namespace NestedLearning.Gateway.Metrics;

/// <summary>Everything the gateway measures, in one place. No tag names a tenant: there may be millions.</summary>
internal static class GatewayMetrics
{
    private static readonly Meter Meter = new("NestedLearning.Gateway");

    /// <summary>Events that memories learned.</summary>
    public static Counter<long> LearnedEvents { get; } = Meter.CreateCounter<long>("nl.events.learned");

    /// <summary>Those that were predicted correctly before they were learned.</summary>
    public static Counter<long> CorrectEvents { get; } = Meter.CreateCounter<long>("nl.events.correct");

    /// <summary>Questions that memories answered.</summary>
    public static Counter<long> Questions { get; } = Meter.CreateCounter<long>("nl.questions");

    /// <summary>Tokens that were drawn for texts that went on to their end.</summary>
    public static Counter<long> GeneratedTokens { get; } = Meter.CreateCounter<long>("nl.tokens.generated");

    /// <summary>Feeds that are open; the tag <c>kind</c> says what carries them.</summary>
    public static UpDownCounter<long> OpenFeeds { get; } = Meter.CreateUpDownCounter<long>("nl.feeds.open");

    /// <summary>Requests that were refused for want of a key or beyond its limits; the tag <c>status</c> says why.</summary>
    public static Counter<long> RefusedRequests { get; } = Meter.CreateCounter<long>("nl.requests.refused");
}
