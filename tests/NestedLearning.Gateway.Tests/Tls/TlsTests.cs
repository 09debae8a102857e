using NestedLearning.Gateway.Tls;

namespace NestedLearning.Gateway.Tests.Tls;

/// <summary>A port with a certificate speaks TLS, and nothing else.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TestCertificate _certificate = new();

    [Fact]
    public async Task Get_CertificateInPem_IsEncrypted()
    {
        await using TestGateway gateway = await StartAsync(ServerCertificate.Load(_certificate.Pem, _certificate.Key, null));
        Assert.Equal("https", gateway.Url.Scheme);
        using HttpClient client = _certificate.CreateClient(gateway.Url);

        Assert.Equal("ok\n", await client.GetStringAsync("/healthz"));
    }

    [Fact]
    public async Task Get_WithoutTls_IsNotAnswered()
    {
        await using TestGateway gateway = await StartAsync(ServerCertificate.Load(_certificate.Pem, _certificate.Key, null));
        using HttpClient plain = new();

        await Assert.ThrowsAsync<HttpRequestException>(() => plain.GetStringAsync(new UriBuilder(gateway.Url) { Scheme = "http" }.Uri));
    }

    [Fact]
    public void Load_Pkcs12OrEncryptedKey_NeedsThePassword()
    {
        ServerCertificate.Load(_certificate.Pfx, null, TestCertificate.Password);
        ServerCertificate.Load(_certificate.Pem, _certificate.EncryptedKey, TestCertificate.Password);

        Assert.Throws<ServerCertificateException>(() => ServerCertificate.Load(_certificate.Pfx, null, "wrong"));
        Assert.Throws<ServerCertificateException>(() => ServerCertificate.Load(_certificate.Pem, _certificate.EncryptedKey, null));
    }

    [Fact]
    public void Load_NoPair_SaysWhichFile()
    {
        using TestCertificate other = new();

        ServerCertificateException error = Assert.Throws<ServerCertificateException>(() => ServerCertificate.Load(_certificate.Pem, other.Key, null));

        Assert.Equal(_certificate.Pem, error.Path);
        Assert.Throws<ServerCertificateException>(() => ServerCertificate.Load(_certificate.Key, null, null));
        Assert.Throws<ServerCertificateException>(() => ServerCertificate.Load("none.pem", "none.key", null));
    }

    public void Dispose() => _certificate.Dispose();

    private static Task<TestGateway> StartAsync(ServerCertificate certificate) =>
        TestGateway.StartAsync(configure: options => options.Certificate = certificate);
}
