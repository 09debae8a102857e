using Microsoft.Extensions.Logging;
using NestedLearning.Models;

namespace NestedLearning.Grains;

/// <content>What it tells the log.</content>
internal sealed partial class ForgettingGrain
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A tenant of {Model} cannot be forgotten to the end now; it is tried again.")]
    private partial void LogNotFinished(ModelId model, Exception error);
}
