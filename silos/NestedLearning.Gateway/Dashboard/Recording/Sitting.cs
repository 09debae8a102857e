using NestedLearning.Models;

namespace NestedLearning.Gateway.Dashboard.Recording;

/// <summary>A while in which a source taught a tenant's memory without a longer break.</summary>
/// <param name="Source">Who sent the events.</param>
/// <param name="From">When the first of them was learned.</param>
/// <param name="To">When the last of them was.</param>
/// <param name="Score">What was learned.</param>
public sealed record Sitting(SourceId Source, DateTimeOffset From, DateTimeOffset To, Score Score)
{
    /// <summary>A break that ends a sitting.</summary>
    public static readonly TimeSpan Break = TimeSpan.FromMinutes(1);

    /// <summary>Whether something that a source does at a time still belongs to it.</summary>
    public bool GoesOn(SourceId source, DateTimeOffset at) => source == Source && at - To < Break;
}
