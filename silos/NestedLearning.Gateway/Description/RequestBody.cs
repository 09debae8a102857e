namespace NestedLearning.Gateway.Description;

/// <summary>What a route takes as its body. Other kinds are refused by the route itself, not by routing.</summary>
/// <param name="Media">Its kind.</param>
/// <param name="Document">What the JSON stands for; null where it has no schema.</param>
internal sealed record RequestBody(string Media, Type? Document);
