using Microsoft.Extensions.Logging;

namespace NestedLearning.Grains;

internal sealed partial class ComputePlacementFilterDirector
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "No silo has compute '{Compute}', which model '{Model}' asks for (setting {Setting}); its memories are placed on any silo until one has. There are: {Offered}.")]
    private partial void LogFallback(string compute, string model, string setting, string offered);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "There is a silo with compute '{Compute}' again (setting {Setting}); new memories are placed there.")]
    private partial void LogFound(string compute, string setting);
}
