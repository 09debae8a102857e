namespace NestedLearning.Grains;

/// <summary>What a grain's model asks for.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Compute">One of <see cref="ComputeKinds"/>.</param>
/// <param name="Setting">
/// The setting that says so. There are as many as were configured, whatever names callers make up, so it is safe to keep
/// something for each.
/// </param>
internal readonly record struct ComputeRequest(string Model, string Compute, string Setting)
{
    public static ComputeRequest Of(GrainId grain, TierPlacementOptions options)
    {
        string key = grain.Key.ToString() ?? "";
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        string model = slash < 0 ? key : key[..slash];
        return options.ModelCompute.TryGetValue(model, out string? compute)
            ? new ComputeRequest(model, compute, model)
            : new ComputeRequest(model, options.DefaultCompute, nameof(options.DefaultCompute));
    }
}
