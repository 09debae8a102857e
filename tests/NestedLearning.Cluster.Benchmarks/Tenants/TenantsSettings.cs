namespace NestedLearning.Cluster.Benchmarks;

/// <summary>What the benchmark of tenants runs.</summary>
/// <param name="Tenants">How many tenants are fed in turn.</param>
/// <param name="Resident">How many of them the silo has room for.</param>
/// <param name="Features">The length of the classifier's keys.</param>
/// <param name="Events">How many events each tenant gets in each of two passes.</param>
/// <param name="Callers">How many callers feed at a time.</param>
/// <param name="Contributors">How many tenants a round of the shared level waits for.</param>
/// <param name="Directory">Where states are kept: a new folder.</param>
internal sealed record TenantsSettings(
    int Tenants, int Resident, int Features, int Events, int Callers, int Contributors, string Directory)
{
    public static TenantsSettings Read(Arguments arguments) => new(
        arguments.Number("tenants", 100_000),
        arguments.Number("resident", 5_000),
        arguments.Number("features", 256),
        arguments.Number("events", 8),
        arguments.Number("callers", 32),
        arguments.Number("contributors", 1_000),
        arguments.Text("directory") ?? System.IO.Directory.CreateTempSubdirectory("nl-tenants-").FullName);
}
