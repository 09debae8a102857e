using Microsoft.Extensions.Logging;

namespace NestedLearning.Grains;

/// <content>What is logged.</content>
internal abstract partial class HostedGrain<THost>
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Key} was saved by another activation; this one is dropped, and the next call loads what counts.")]
    private static partial void LogReplaced(ILogger logger, string key, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Key} has a damaged state and is quarantined: calls are refused, its stored bytes stay as they are.")]
    private static partial void LogQuarantined(ILogger logger, string key, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Key} could not be saved when it left; what was not durable is sent again by its senders.")]
    private static partial void LogNotSaved(ILogger logger, string key, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Key} could not send up what it learned last before it left; it is saved, and goes up when the memory is back.")]
    private static partial void LogNotSent(ILogger logger, string key, Exception error);
}
