using System.Net;
using System.Net.Sockets;

namespace NestedLearning.Silo.Tests.Processes;

public sealed class StartTests
{
    [Fact]
    public async Task Start_NothingSet_SaysWhereItIsAndIsReady()
    {
        using SiloProcess silo = await SiloProcess.ServeAsync();
        using HttpClient client = new();

        (HttpStatusCode status, var checks) = await silo.ReadinessAsync();

        Assert.Equal($"Listening on {silo.Url.ToString().TrimEnd('/')}; silo 127.0.0.1:{silo.SiloPort} of cluster 'default' (Localhost), storage Memory", silo.Announcement);
        Assert.Equal((HttpStatusCode.OK, "active"), (status, (string?)checks!["silo"]));
        Assert.Equal("ok\n", await client.GetStringAsync(new Uri(silo.Url, "/healthz")));
    }

    [Fact]
    public async Task Start_BadConfiguration_NamesEverythingAndExitsWith2()
    {
        using SiloProcess silo = SiloProcess.Start([], ("Clustering:Kind", "Redis"), ("Foo", "1"));

        var (exitCode, output, error) = await silo.EndAsync();

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Equal(
            "nl-silo: NestedLearning:Clustering:Kind is 'Redis'; accepted: Localhost, PostgreSql.\n"
            + "nl-silo: NestedLearning:Foo is no setting.\n",
            error);
    }

    [Fact]
    public async Task Start_DatabaseDoesNotAnswer_SaysSoInOneLineAndExitsWith1()
    {
        int port = SiloProcess.FreePort();
        using SiloProcess silo = SiloProcess.Start(
            [],
            ("Clustering:Kind", "PostgreSql"),
            ("Clustering:ConnectionString", $"Host=127.0.0.1;Port={port};Database=nl;Username=nl;Password=secret"),
            ("Lifetime:StartPatience", "00:00:00"));

        var (exitCode, _, error) = await silo.EndAsync();

        Assert.Equal((1, $"nl-silo: PostgreSQL database 'nl' at 127.0.0.1:{port} does not answer: Connection refused.\n"), (exitCode, error));
    }

    [Fact]
    public async Task Start_BlobServiceDoesNotAnswer_SaysSoInOneLineAndExitsWith1()
    {
        int port = SiloProcess.FreePort();
        using SiloProcess silo = SiloProcess.Start(
            [],
            ("Storage:Kind", "AzureBlob"),
            ("Storage:ServiceUri", $"http://127.0.0.1:{port}/account?sig=secret"),
            ("Lifetime:StartPatience", "00:00:00"));

        var (exitCode, _, error) = await silo.EndAsync();

        Assert.Equal((1, $"nl-silo: Blob service at http://127.0.0.1:{port}/account does not answer: Connection refused.\n"), (exitCode, error));
    }

    [Fact]
    public async Task Start_PortTaken_NamesTheSettingAndExitsWith1()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        using SiloProcess silo = SiloProcess.Start([], ("Api:Url", $"http://{taken.LocalEndpoint}"));

        var (exitCode, _, error) = await silo.EndAsync();

        Assert.Equal((1, $"nl-silo: NestedLearning:Api:Url: cannot listen on {taken.LocalEndpoint}: Address already in use.\n"), (exitCode, error));
    }

    [Fact]
    public async Task Start_WordThatIsNoCommand_ExitsWith2()
    {
        using SiloProcess silo = SiloProcess.Start(["serve"]);

        var (exitCode, _, error) = await silo.EndAsync();

        Assert.Equal((2, "nl-silo: Unrecognized command or argument 'serve'.\nnl-silo: See nl-silo --help.\n"), (exitCode, error));
    }

    [Fact]
    public async Task Dashboard_Enabled_IsOnItsOwnPortOnly()
    {
        using SiloProcess silo = await SiloProcess.ServeAsync(("Dashboard:Enabled", "true"), ("Dashboard:Url", "http://127.0.0.1:0"));
        using HttpClient client = new();
        Uri dashboard = new(silo.Announcement.Split("dashboard on ")[1].Split(';')[0]);

        Assert.Contains("<html", await client.GetStringAsync(dashboard), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(new Uri(dashboard, "/healthz")));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(new Uri(silo.Url, "/version")));

        async Task<HttpStatusCode> StatusAsync(Uri url)
        {
            using HttpResponseMessage response = await client.GetAsync(url);
            return response.StatusCode;
        }
    }
}
