using System.Net;

namespace NestedLearning.Silo.Configuration;

/// <summary>Where other silos and Orleans clients reach this silo.</summary>
/// <param name="SiloPort">For other silos.</param>
/// <param name="ClientPort">For Orleans clients; Orleans calls it the gateway's port. 0 takes none. A gateway of a cluster on this machine asks there.</param>
/// <param name="AdvertisedAddress">The address that others are told; null for the one of this machine's name.</param>
/// <param name="ListensOnAny">Whether it listens on all addresses of the machine, and not on the advertised one only.</param>
internal sealed record EndpointSettings(int SiloPort, int ClientPort, IPAddress? AdvertisedAddress, bool ListensOnAny)
{
    private const string AdvertisedAddressKey = "Endpoints:AdvertisedAddress";
    private const string ListenOnAnyKey = "Endpoints:ListenOnAny";

    public static EndpointSettings Read(SettingsReader reader, ClusteringKind clustering)
    {
        EndpointSettings settings = new(
            reader.WholeNumber("Endpoints:SiloPort", 11_111, 1, 65_535),
            reader.WholeNumber("Endpoints:ClientPort", 30_000, 0, 65_535),
            reader.Read<IPAddress?>(AdvertisedAddressKey, null, "an IP address of this machine", IsAddress),
            reader.Flag(ListenOnAnyKey));
        if (clustering == ClusteringKind.Localhost)
        {
            settings.CheckLocal(reader);
        }

        return settings;
    }

    private static bool IsAddress(string text, out IPAddress? address) =>
        IPAddress.TryParse(text, out address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any);

    /// <summary>Silos of one machine talk over its loopback address, and nobody else can.</summary>
    private void CheckLocal(SettingsReader reader)
    {
        if (AdvertisedAddress is not null)
        {
            reader.Refuse(AdvertisedAddressKey, $"is set, but Clustering:Kind is {ClusteringKind.Localhost}");
        }

        if (ListensOnAny)
        {
            reader.Refuse(ListenOnAnyKey, $"is set, but Clustering:Kind is {ClusteringKind.Localhost}");
        }
    }
}
