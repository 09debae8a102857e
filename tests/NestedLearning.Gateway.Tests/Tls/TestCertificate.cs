using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NestedLearning.Gateway.Tests.Tls;

/// <summary>A certificate of this machine's loopback address, in files that are gone afterwards.</summary>
internal sealed class TestCertificate : IDisposable
{
    public const string Password = "open sesame";

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly X509Certificate2 _certificate;

    public TestCertificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        _certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1000));
        File.WriteAllText(Pem, _certificate.ExportCertificatePem());
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(EncryptedKey, key.ExportEncryptedPkcs8PrivateKeyPem(Password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
        File.WriteAllBytes(Pfx, _certificate.Export(X509ContentType.Pfx, Password));
    }

    public string Pem => Path.Combine(_folder, "nl.pem");

    public string Key => Path.Combine(_folder, "nl.key");

    public string EncryptedKey => Path.Combine(_folder, "nl.encrypted.key");

    public string Pfx => Path.Combine(_folder, "nl.pfx");

    /// <summary>A client that takes this certificate and no other.</summary>
    public HttpClient CreateClient(Uri url) => new(new HttpClientHandler
    {
        ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown?.Thumbprint == _certificate.Thumbprint,
    })
    {
        BaseAddress = url,
    };

    public void Dispose()
    {
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
