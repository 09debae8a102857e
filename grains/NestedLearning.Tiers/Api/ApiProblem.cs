namespace NestedLearning.Tiers;

/// <summary>A problem document (RFC 9457). What it has beside the standard members lets a client raise the same error.</summary>
/// <param name="Type">The kind of problem, a URN; <see cref="ApiProblems"/> lists them.</param>
/// <param name="Title">The kind in words.</param>
/// <param name="Status">The HTTP status, also where the problem is the last line of a stream.</param>
/// <param name="Detail">What is wrong this time, and what is accepted.</param>
public sealed record ApiProblem(string Type, string Title, int Status, string Detail)
{
    /// <summary>The line of the request that is refused, from 1; of a list of inputs, the place in it.</summary>
    public long? Line { get; init; }

    /// <summary>The field that is refused.</summary>
    public string? Field { get; init; }

    /// <summary>The sequence number of the event that is refused.</summary>
    public long? Sequence { get; init; }

    /// <summary>The model that is meant.</summary>
    public string? Model { get; init; }

    /// <summary>The tenant that is meant.</summary>
    public string? Tenant { get; init; }

    /// <summary>The level that is meant.</summary>
    public string? Level { get; init; }

    /// <summary>The version that is meant; where it was taken for the newest, the newest.</summary>
    public long? Version { get; init; }

    /// <summary>The schedule that is meant.</summary>
    public string? Schedule { get; init; }

    /// <summary>The names that are accepted.</summary>
    public IReadOnlyList<string>? Accepted { get; init; }

    /// <summary>All settings that are out of range.</summary>
    public IReadOnlyList<string>? Violations { get; init; }

    /// <summary>The last of the source's events that the memory has.</summary>
    public long? AppliedThrough { get; init; }

    /// <summary>The last of the source's events that the sender took for applied; the version that it took for the newest.</summary>
    public long? Expected { get; init; }
}
