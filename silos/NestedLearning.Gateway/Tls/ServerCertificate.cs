using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace NestedLearning.Gateway.Tls;

/// <summary>What a server shows to prove its name, and encrypts with. It is read when the server starts.</summary>
public sealed class ServerCertificate
{
    private readonly X509Certificate2 _certificate;
    private readonly X509Certificate2Collection _chain;

    private ServerCertificate(X509Certificate2 certificate, X509Certificate2Collection chain)
    {
        _certificate = certificate;
        _chain = chain;
    }

    /// <summary>Reads a certificate and its key.</summary>
    /// <param name="path">PEM, the server's own certificate first and those that vouch for it after it; or PKCS #12 where there is no key file.</param>
    /// <param name="keyPath">The key in PEM; null for PKCS #12.</param>
    /// <param name="password">What the key is encrypted with; null for nothing.</param>
    /// <exception cref="ServerCertificateException">There is no such pair, or it does not fit.</exception>
    public static ServerCertificate Load(string path, string? keyPath, string? password)
    {
        try
        {
            return keyPath is null ? LoadPkcs12(path, password) : LoadPem(path, keyPath, password);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ServerCertificateException(path, error.Message, error);
        }
    }

    /// <summary>Makes a port speak TLS only, 1.2 or newer.</summary>
    public void ApplyTo(ListenOptions listener) => listener.UseHttps(https =>
    {
        https.ServerCertificate = _certificate;
        https.ServerCertificateChain = _chain;
        https.SslProtocols = System.Security.Authentication.SslProtocols.Tls12 | System.Security.Authentication.SslProtocols.Tls13;
    });

    private static ServerCertificate LoadPkcs12(string path, string? password)
    {
        X509Certificate2Collection all = X509CertificateLoader.LoadPkcs12CollectionFromFile(path, password);
        X509Certificate2 own = all.FirstOrDefault(one => one.HasPrivateKey) ?? throw new CryptographicException("It holds no key; give the key's file too.");
        all.Remove(own);
        return new ServerCertificate(own, all);
    }

    private static ServerCertificate LoadPem(string path, string keyPath, string? password)
    {
        X509Certificate2 own = password is null
            ? X509Certificate2.CreateFromPemFile(path, keyPath)
            : X509Certificate2.CreateFromEncryptedPemFile(path, password, keyPath);
        X509Certificate2Collection all = [];
        all.ImportFromPemFile(path);
        all.RemoveAt(0);
        return new ServerCertificate(own, all);
    }
}
