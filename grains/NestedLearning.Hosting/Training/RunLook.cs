namespace NestedLearning.Hosting;

/// <summary>What a look at a run came to.</summary>
/// <param name="Next">When to look again; null for a run that has ended, or where there is none.</param>
/// <param name="Expired">How many shards were taken from silent workers.</param>
public readonly record struct RunLook(TimeSpan? Next, int Expired);
