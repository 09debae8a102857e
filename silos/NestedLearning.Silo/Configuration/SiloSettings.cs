namespace NestedLearning.Silo.Configuration;

/// <summary>All that configures this process; <c>docs/operations.md</c> lists it.</summary>
internal sealed record SiloSettings(
    HostRole Role,
    ClusteringSettings Clustering,
    EndpointSettings Endpoints,
    StorageSettings Storage,
    ApiSettings Api,
    DashboardSettings Dashboard,
    TierSettings Tiers,
    PlacementSettings Placement,
    MachineSettings Machine,
    LifetimeSettings Lifetime)
{
    /// <summary>The section of the configuration; environment variables begin with <c>NestedLearning__</c>.</summary>
    public const string Section = "NestedLearning";

    /// <summary>Reads and checks everything.</summary>
    /// <exception cref="InvalidSettingsException">Something is not accepted; all of it is listed.</exception>
    public static SiloSettings Read(IConfiguration configuration)
    {
        SettingsReader reader = new(configuration.GetSection(Section));
        SiloSettings settings = Read(reader);
        return reader.Violations.Count == 0 ? settings : throw new InvalidSettingsException(reader.Violations);
    }

    /// <summary>Reads everything; what is not accepted is noted in the reader.</summary>
    public static SiloSettings Read(SettingsReader reader)
    {
        ClusteringSettings clustering = ClusteringSettings.Read(reader);
        SiloSettings settings = new(
            reader.Choice("Role", HostRole.Silo),
            clustering,
            EndpointSettings.Read(reader, clustering.Kind),
            StorageSettings.Read(reader),
            ApiSettings.Read(reader),
            DashboardSettings.Read(reader),
            TierSettings.Read(reader),
            PlacementSettings.Read(reader),
            MachineSettings.Read(reader),
            LifetimeSettings.Read(reader));
        settings.CheckPorts(reader);
        reader.RefuseOthers();
        return settings;
    }

    /// <summary>Port 0 takes a free one, so it never clashes.</summary>
    private void CheckPorts(SettingsReader reader)
    {
        (string Key, int Port)[] ports =
        [
            ("Endpoints:SiloPort", Endpoints.SiloPort),
            ("Endpoints:ClientPort", Endpoints.ClientPort),
            ("Api:Url", Api.Endpoint.Port),
            .. Dashboard.IsEnabled ? [("Dashboard:Url", Dashboard.Endpoint.Port)] : Array.Empty<(string, int)>(),
        ];
        foreach (IGrouping<int, (string Key, int Port)> shared in ports.Where(port => port.Port != 0).GroupBy(port => port.Port))
        {
            foreach ((string key, _) in shared.Skip(1))
            {
                reader.Refuse(key, $"has port {shared.Key}, which is the port of {shared.First().Key} too");
            }
        }
    }
}
