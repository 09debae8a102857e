using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>Settings of a training run are not acceptable; all violations are listed.</summary>
public sealed class InvalidRunException(IReadOnlyList<string> violations)
    : NestedLearningException("The run's settings are not valid: " + string.Join("; ", violations) + ".")
{
    /// <summary>One line for each setting that is not acceptable.</summary>
    public IReadOnlyList<string> Violations { get; } = violations;
}

/// <summary>The model has no training run.</summary>
public sealed class UnknownRunException(ModelId model)
    : NestedLearningException($"The model '{model}' has no training run; begin one.")
{
    /// <summary>The model that is meant.</summary>
    public ModelId Model { get; } = model;
}

/// <summary>Another training run of the model is under way.</summary>
public sealed class RunUnderWayException(ModelId model)
    : NestedLearningException($"The model '{model}' has another training run under way; wait for its end, or stop it.")
{
    /// <summary>The model that is meant.</summary>
    public ModelId Model { get; } = model;
}

/// <summary>A worker's lease is over: it expired, somebody else took the shard, or the run ended. The worker has to stop.</summary>
public sealed class LeaseLostException(string place)
    : NestedLearningException($"{place}: the lease is lost; whoever holds the shard now goes on with it.")
{
    /// <summary>Which lease.</summary>
    public string Place { get; } = place;
}

/// <summary>The workers of a cluster cannot open the data of a run; whoever can may feed it from there.</summary>
public sealed class UnreachableDataException(string problem) : NestedLearningException(problem);

/// <summary>The saved state of a run cannot be read.</summary>
public sealed class DamagedRunException(string problem, Exception? innerException = null)
    : NestedLearningException($"The state of the run {problem}.", innerException);

/// <summary>The engine has no workers that read data by themselves.</summary>
public sealed class RunsNotSupportedException()
    : NestedLearningException("This engine runs no training by itself; read the data in a client and feed it from there.");
