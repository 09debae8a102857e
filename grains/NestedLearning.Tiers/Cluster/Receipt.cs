namespace NestedLearning.Tiers;

/// <summary>
/// The answer to anything sent upward. Everything up to <paramref name="DurableThrough"/> survives any crash and need not
/// be kept; everything after <paramref name="AppliedThrough"/> has to be sent again.
/// </summary>
/// <param name="AppliedThrough">The last of the sender's sequence numbers that was taken in.</param>
/// <param name="DurableThrough">The last one that is safe; never above <paramref name="AppliedThrough"/>.</param>
public readonly record struct Receipt(long AppliedThrough, long DurableThrough);
