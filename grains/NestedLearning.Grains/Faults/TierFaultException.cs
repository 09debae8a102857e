using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>
/// A typed error on its way between silos, as plain values. <see cref="TierFaults"/> turns errors into it and back; nobody
/// else sees it.
/// </summary>
[GenerateSerializer]
[Alias("nl.TierFault")]
internal sealed class TierFaultException(string message) : Exception(message)
{
    /// <summary>The error as a problem document, in JSON; null for an error of a store or of a queue.</summary>
    [Id(0)]
    public byte[]? Problem { get; init; }

    /// <summary>Which kind of error of a store or of a queue.</summary>
    [Id(1)]
    public TierFaultKind Kind { get; init; }

    /// <summary>What of a store went wrong.</summary>
    [Id(2)]
    public StoreProblem StoreProblem { get; init; }

    /// <summary>Where it went wrong.</summary>
    [Id(3)]
    public string Place { get; init; } = "";
}
