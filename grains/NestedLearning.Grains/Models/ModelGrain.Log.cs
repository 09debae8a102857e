using Microsoft.Extensions.Logging;
using NestedLearning.Models;

namespace NestedLearning.Grains;

/// <content>What it tells the log.</content>
internal sealed partial class ModelGrain
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "What was left undone of the deletion of {Model} cannot be done now; it is tried again.")]
    private partial void LogNotFinished(ModelId model, Exception error);
}
