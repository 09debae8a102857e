namespace NestedLearning.Gateway.Access;

/// <summary>What a route asks of its callers.</summary>
/// <param name="Scope">The scope that their key has to have; null where any valid key will do.</param>
internal record RequiredAccess(ApiScope? Scope);
