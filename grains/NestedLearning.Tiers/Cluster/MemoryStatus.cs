using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>How a fast memory stands.</summary>
/// <param name="Learned">The events it has learned since it exists.</param>
/// <param name="Correct">How many of those it predicted correctly just before learning them.</param>
/// <param name="PrivateBytes">What its private state occupies in memory.</param>
/// <param name="SavedBytes">What its private state occupies when it is saved; all that an idle memory costs.</param>
public sealed record MemoryStatus(long Learned, long Correct, long PrivateBytes, long SavedBytes)
{
    /// <summary>The time spent in hashing, predicting and learning since this process started.</summary>
    public TimeSpan LearnTime { get; init; }

    /// <summary>The sum of what the model's own loss said of those events just before; 0 for a model that has none.</summary>
    public double Loss { get; init; }

    /// <summary>What the texts it has learned cost just before, for a model that learns texts token by token.</summary>
    public CodeLength CodeLength { get; init; }

    /// <summary>How many of those events, of all its senders, are in no saved state yet.</summary>
    public long NotDurable { get; init; }

    /// <summary>The share of events predicted correctly before they were learned; 0 before the first.</summary>
    public double PrequentialAccuracy => Learned == 0 ? 0 : (double)Correct / Learned;
}
