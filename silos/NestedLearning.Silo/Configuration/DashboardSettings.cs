using System.Net;

namespace NestedLearning.Silo.Configuration;

/// <summary>
/// The Orleans Dashboard, on a port of its own. It asks nobody who they are and shows what grains hold, so it is off unless
/// asked for, and on this machine only unless told otherwise.
/// </summary>
internal sealed record DashboardSettings(bool IsEnabled, IPEndPoint Endpoint)
{
    public static DashboardSettings Read(SettingsReader reader) =>
        new(reader.Flag("Dashboard:Enabled"), reader.Url("Dashboard:Url", "http://127.0.0.1:5090"));
}
