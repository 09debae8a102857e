using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace NestedLearning.Gateway.Tls;

/// <summary>Ports that encrypt where the gateway has a certificate.</summary>
public static class TlsListeners
{
    /// <summary>Encrypts what goes over a port of the API, if <see cref="GatewayOptions.Certificate"/> is there.</summary>
    public static void UseGatewayTls(this ListenOptions listener) =>
        listener.ApplicationServices.GetRequiredService<IOptions<GatewayOptions>>().Value.Certificate?.ApplyTo(listener);
}
