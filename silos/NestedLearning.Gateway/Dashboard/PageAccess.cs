using NestedLearning.Gateway.Access;

namespace NestedLearning.Gateway.Dashboard;

/// <summary>What a page asks of whoever opens it: they are known by their session, and what they are refused with is a page.</summary>
/// <param name="Scope">The scope that their key has to have; null where any valid key will do.</param>
internal sealed record PageAccess(ApiScope? Scope) : RequiredAccess(Scope);
