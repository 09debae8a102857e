using Microsoft.Extensions.Logging;

namespace NestedLearning.Grains;

internal sealed partial class StoragePlacementFilterDirector
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "No silo is near the storage; consolidators are placed on any of {Silos} silos until one is.")]
    private partial void LogFallback(int silos);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "There is a silo near the storage again; consolidators that start are placed there.")]
    private partial void LogFound();
}
