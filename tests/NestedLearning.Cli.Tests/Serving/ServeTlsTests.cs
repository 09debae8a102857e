using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NestedLearning.Cli.Tests.Commands;
using NestedLearning.Cli.Tests.Data;

namespace NestedLearning.Cli.Tests.Serving;

/// <summary><c>nl serve</c> with a certificate, and with tokens.</summary>
public sealed class ServeTlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Serve_WithACertificate_ListensForHttps()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1000));
        string certificate = _folder.Write("nl.pem", made.ExportCertificatePem());
        string keyFile = _folder.Write("nl.key", key.ExportPkcs8PrivateKeyPem());

        await using NlServer server = await NlServer.StartAsync(
            Path.Combine(_folder.Path, "state"), "--tls-certificate", certificate, "--tls-key", keyFile);

        Assert.StartsWith("https://", server.Url, StringComparison.Ordinal);
        using HttpClient client = new(new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown?.Thumbprint == made.Thumbprint,
        });
        Assert.Equal("ok\n", await client.GetStringAsync(new Uri(new Uri(server.Url), "/healthz")));
    }

    [Theory]
    [InlineData(2, "--tls-key goes with --tls-certificate only", "--tls-key", "nl.key")]
    [InlineData(1, "cannot be used", "--tls-certificate", "none.pem")]
    [InlineData(2, "tokens need an authority or a key file", "--jwt-audience", "nl")]
    [InlineData(2, "tokens of a key file need an issuer", "--jwt-audience", "nl", "--jwt-key", "none.pem")]
    [InlineData(1, "The key for tokens", "--jwt-audience", "nl", "--jwt-issuer", "x", "--jwt-key", "none.pem")]
    public async Task Serve_OptionsThatDoNotGoTogether_SaysSo(int exitCode, string problem, params string[] options)
    {
        NlResult result = await Nl.RunAsync(["serve", "--data-dir", Path.Combine(_folder.Path, "state"), "--port", "0", .. options]);

        Assert.Contains(problem, Nl.AssertFailed(exitCode, result), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
