using Microsoft.Extensions.Logging;
using NestedLearning.Models;

namespace NestedLearning.Grains;

/// <content>What it tells the log.</content>
internal sealed partial class TrainingRunGrain
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The run of {Model} takes {Shards} shards from workers that fell silent.")]
    private partial void LogExpired(ModelId model, int shards);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The run of {Model} cannot be looked after now; it is tried again.")]
    private partial void LogLookFailed(ModelId model, Exception error);
}
