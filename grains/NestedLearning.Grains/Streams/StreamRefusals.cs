using Microsoft.Extensions.Logging;

namespace NestedLearning.Grains;

/// <summary>Says which events of a stream are left out; once, however often they are delivered before they get through.</summary>
internal sealed partial class StreamRefusals(string memory, ILogger logger)
{
    private readonly HashSet<(string Source, long Sequence)> _told = [];

    /// <summary>An event is not acceptable.</summary>
    public void Tell(string source, long sequence, string reason)
    {
        if (_told.Add((source, sequence)))
        {
            TierMetrics.RefusedStreamEvents.Add(1);
            LogRefused(memory, source, sequence, reason);
        }
    }

    /// <summary>Nothing of a message is acceptable.</summary>
    public void TellAll(StreamedEvents? message, string reason)
    {
        int count = message?.Events?.Length ?? 0;
        string source = message?.Source ?? "";
        if (_told.Add((source, message?.Events?.FirstOrDefault()?.Sequence ?? 0)))
        {
            TierMetrics.RefusedStreamEvents.Add(count);
            LogAllRefused(memory, count, source, reason);
        }
    }

    /// <summary>What was told got through: should it come again, that is a delivery of its own.</summary>
    public void Forget() => _told.Clear();

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The stream of {Memory} has an event that is left out, source '{Source}', sequence {Sequence}: {Reason}")]
    private partial void LogRefused(string memory, string source, long sequence, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The stream of {Memory} has {Count} events that are left out, source '{Source}': {Reason}")]
    private partial void LogAllRefused(string memory, int count, string source, string reason);
}
