using NestedLearning.Models;

namespace NestedLearning.Cli.Training;

/// <summary>A server's model knows events that the record of this run does not.</summary>
internal sealed class ModelInUseException(ModelId model)
    : NestedLearningException(
        $"The server's model '{model}' has learned before; name another with --model, or go on with the --data-dir of its run.");
