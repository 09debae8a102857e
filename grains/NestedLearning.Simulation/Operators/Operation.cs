using NestedLearning.Models;

namespace NestedLearning.Simulation;

/// <summary>Something that is done to a model by hand.</summary>
/// <param name="After">How long after the one before, or after the run began.</param>
internal abstract record Operation(TimeSpan After);

/// <summary>The level goes back to one of the versions that it offers.</summary>
internal sealed record RollbackOperation(TimeSpan After) : Operation(After);

/// <summary>What one of the versions put into quarantine is folded.</summary>
internal sealed record ReplayOperation(TimeSpan After) : Operation(After);

/// <summary>A tenant is taken out. Those who feed it stop before that.</summary>
/// <param name="After">How long after the one before.</param>
/// <param name="Tenant">Which one.</param>
/// <param name="ComesBack">Whether it is fed anew once it is gone.</param>
internal sealed record ForgetOperation(TimeSpan After, TenantId Tenant, bool ComesBack) : Operation(After);
