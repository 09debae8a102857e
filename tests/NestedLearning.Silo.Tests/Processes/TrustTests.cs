using Microsoft.IdentityModel.Tokens;
using NestedLearning.Client;
using NestedLearning.Gateway.Tests.Access;
using NestedLearning.Gateway.Tests.Tls;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Silo.Tests.Processes;

/// <summary>Silos and gateways that prove who they are, and ask who calls.</summary>
public sealed class TrustTests : IDisposable
{
    private const int Events = 60;
    private const string Scopes = "tenant-feed tenant-read model-admin";

    private static readonly MemoryAddress Ann = new(Learner.Model, new TenantId("ann"));

    private readonly TestCertificate _certificate = new();

    [Fact]
    public async Task Silo_WithACertificate_LearnsAndAnswersEncryptedOnly()
    {
        using SiloProcess silo = await SiloProcess.ServeAsync(Encrypted());
        await using HttpLearningCluster cluster = await ConnectAsync(silo);

        await Learner.FeedAsync(cluster, Ann, 1, Events);

        Assert.Equal("https", silo.Url.Scheme);
        Assert.Equal("class-1", (await cluster.PredictAsync(Ann, [Learner.Input(1)], default))[0].Label);
        using HttpClient plain = new();
        await Assert.ThrowsAsync<HttpRequestException>(() => plain.GetStringAsync(new UriBuilder(silo.Url) { Scheme = "http", Path = "/healthz" }.Uri));
        await using HttpLearningCluster stranger = HttpLearningCluster.Connect(silo.Url, new HttpClusterOptions { MaxRetries = 0 });
        ServerUnreachableException refused = await Assert.ThrowsAsync<ServerUnreachableException>(async () => await stranger.GetMemoryAsync(Ann, default));
        Assert.Contains("certificate is invalid", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silo_WithACertificateInPkcs12_ProvesTheSame()
    {
        using SiloProcess silo = await SiloProcess.ServeAsync(
            ("Api:TlsCertificate", _certificate.Pfx), ("Api:TlsPassword", TestCertificate.Password), ("Api:Url", "https://127.0.0.1:0"));
        using HttpClient client = _certificate.CreateClient(silo.Url);

        Assert.Equal("ok\n", await client.GetStringAsync("/healthz"));
    }

    [Fact]
    public async Task Ready_SiloWithACertificate_IsAskedEncrypted()
    {
        string url = $"https://127.0.0.1:{SiloProcess.FreePort()}";
        using SiloProcess silo = await SiloProcess.ServeAsync([.. Encrypted(), ("Api:Url", url)]);
        using HttpClient client = _certificate.CreateClient(silo.Url);
        await client.GetStringAsync("/readyz"); // The command has little patience with a first request.
        using SiloProcess ready = SiloProcess.Start(["ready"], [.. Encrypted(), ("Api:Url", url)]);

        var (exitCode, output, error) = await ready.EndAsync();

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("\"silo\":\"active\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_KeyWithoutACertificate_IsRefused()
    {
        using SiloProcess silo = SiloProcess.Start([], ("Api:TlsKey", _certificate.Key), ("Api:Url", "https://127.0.0.1:0"));

        var (exitCode, _, error) = await silo.EndAsync();

        Assert.Equal(2, exitCode);
        Assert.Equal(
            "nl-silo: NestedLearning:Api:TlsKey is set, but Api:TlsCertificate is not.\n"
            + "nl-silo: NestedLearning:Api:Url is 'https://127.0.0.1:0'; accepted: http://ADDRESS:PORT with an IP address of this machine, or localhost.\n",
            error);
    }

    [Fact]
    public async Task Silo_WithTheKeyOfAnIssuer_ServesWhoHasATokenAndWhatItIsFor()
    {
        using TestIssuer issuer = new();
        using SiloProcess silo = await SiloProcess.ServeAsync(
            [.. Encrypted(), ("Api:JwtAudience", TestIssuer.Audience), ("Api:JwtIssuer", TestIssuer.Name), ("Api:JwtKeyFile", issuer.KeyFile)]);
        await using HttpLearningCluster cluster = await ConnectAsync(silo, issuer.Issue(DateTimeOffset.UtcNow, Scopes, "ann"));
        await using HttpLearningCluster reader = Client(silo, issuer.Issue(DateTimeOffset.UtcNow, "tenant-read", "ann"));
        await using HttpLearningCluster expired = Client(silo, issuer.Issue(DateTimeOffset.UtcNow.AddDays(-1), Scopes, "ann"));
        await using HttpLearningCluster nobody = Client(silo);

        await Learner.FeedAsync(cluster, Ann, 1, Events);

        Assert.Equal("class-1", (await reader.PredictAsync(Ann, [Learner.Input(1)], default))[0].Label);
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await Learner.FeedAsync(reader, Ann, Events + 1, 1));
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await expired.GetMemoryAsync(Ann, default));
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await nobody.GetMemoryAsync(Ann, default));
        Assert.Equal(Events, (await reader.GetMemoryAsync(Ann, default)).Learned);
    }

    [Fact]
    public async Task TwoSilosAndAGateway_OfAnAuthority_TakeItsTokensAndItsNextKey()
    {
        SecurityKey first = TestAuthority.RsaKey("first");
        SecurityKey next = TestAuthority.EcdsaKey("next");
        await using TestAuthority authority = await TestAuthority.StartAsync();
        authority.Publish(first);
        (string, string)[] trust = [.. Encrypted(), ("Api:JwtAudience", TestIssuer.Audience), ("Api:JwtAuthority", authority.Url.ToString())];
        int port = SiloProcess.FreePort();
        using SiloProcess silo = await SiloProcess.ServeAsync([.. trust, ("Endpoints:ClientPort", $"{port}")]);
        using SiloProcess second = await SiloProcess.ServeAsync([.. trust, ("Clustering:Primary", $"127.0.0.1:{silo.SiloPort}")]);
        using SiloProcess gateway = await SiloProcess.ServeAsync([.. trust, ("Role", "Gateway"), ("Endpoints:ClientPort", $"{port}")]);
        await using HttpLearningCluster inside = await ConnectAsync(second, Token(first));
        await using HttpLearningCluster outside = Client(gateway, Token(first));
        await Learner.FeedAsync(outside, Ann, 1, Events / 2);

        authority.Publish(next);
        authority.Withdraw(first);
        await using HttpLearningCluster renewed = Client(gateway, Token(next));
        await Learner.FeedAsync(renewed, Ann, (Events / 2) + 1, Events / 2);

        Assert.Equal(Events, (await inside.GetMemoryAsync(Ann, default)).Learned);
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await outside.GetMemoryAsync(Ann, default));

        string Token(SecurityKey key) => authority.Issue(key, DateTimeOffset.UtcNow, token => token.Claims["scope"] = Scopes);
    }

    public void Dispose() => _certificate.Dispose();

    private (string Key, string Value)[] Encrypted() => [("Api:TlsCertificate", _certificate.Pem), ("Api:TlsKey", _certificate.Key)];

    /// <summary>A client of a process, where the model is.</summary>
    private async Task<HttpLearningCluster> ConnectAsync(SiloProcess silo, string? key = null)
    {
        HttpLearningCluster cluster = Client(silo, key);
        await Learner.CreateModelAsync(cluster);
        return cluster;
    }

    /// <summary>One that takes the certificate and no other.</summary>
    private HttpLearningCluster Client(SiloProcess silo, string? key = null)
    {
        HttpClient http = _certificate.CreateClient(silo.Url);
        http.Timeout = Timeout.InfiniteTimeSpan;
        return new HttpLearningCluster(http, silo.Url, new HttpClusterOptions { Key = key });
    }
}
