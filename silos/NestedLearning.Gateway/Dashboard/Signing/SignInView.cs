namespace NestedLearning.Gateway.Dashboard.Signing;

/// <summary>The page where a browser signs in.</summary>
/// <param name="Target">Where it wants to go.</param>
/// <param name="Problem">Why it could not sign in; null the first time.</param>
public sealed record SignInView(string Target, string? Problem);
