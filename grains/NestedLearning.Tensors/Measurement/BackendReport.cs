namespace NestedLearning.Tensors;

/// <summary>What was found out about a backend on one device, or why there is nothing to find.</summary>
/// <param name="Backend">The backend, such as "managed".</param>
/// <param name="Device">The device, such as "cpu".</param>
/// <param name="Description">What the device or its library is.</param>
/// <param name="Products">Measured speeds of matrix products.</param>
/// <param name="Problem">Why the backend cannot compute there, in a sentence; null if it can.</param>
public sealed record BackendReport(
    string Backend, string Device, string Description, IReadOnlyList<ProductSpeed> Products, string? Problem = null)
{
    /// <summary>All but the names, in a line.</summary>
    public string Summary => Problem is { } problem ? $"not available: {problem}" : $"{Description}; matrix products at {Speeds}";

    private string Speeds => string.Join(", ", Products.Select(speed => speed.Threads == 0
        ? $"{speed.Gflops:F0} GFLOP/s"
        : $"{speed.Gflops:F0} GFLOP/s on {speed.Threads} thread{(speed.Threads == 1 ? "" : "s")}"));

    /// <summary>Looks at the managed backend, which is always there: with one thread, and with one for each core.</summary>
    public static BackendReport OfManaged() => new(
        "managed",
        "cpu",
        SimdLevel.Description,
        [.. new[] { 1, Environment.ProcessorCount }.Distinct()
            .Select(threads => new ProductSpeed(threads, ProductPeak.MeasureGflops(new ManagedBackend(threads))))]);
}
