using NestedLearning.Cli.Serving;
using NestedLearning.Cli.Tests.Commands;
using NestedLearning.Cli.Tests.Data;
using NestedLearning.Cli.Tests.Training;

namespace NestedLearning.Cli.Tests.Serving;

/// <summary>Keys made, used, listed and removed.</summary>
public sealed class KeyCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _events;
    private readonly string _state;

    public KeyCommandTests()
    {
        _events = _folder.Write("events.jsonl", string.Join('\n', SampleData.JsonLines(SampleData.Examples(120))));
        _state = Path.Combine(_folder.Path, "state");
    }

    [Fact]
    public async Task Serve_NoKeys_ShowsItsOwnOnceAndForgetsItAtTheEnd()
    {
        await using NlServer server = await NlServer.StartAsync(_state);
        int port = new Uri(server.Url).Port;
        Assert.NotNull(LocalKey.Find(new Uri(server.Url)));

        (_, string output) = await server.StopAsync();

        Assert.Single(output.Split('\n'), line => line.StartsWith("Admin key until it stops: nl_local_", StringComparison.Ordinal));
        Assert.Single(
            output.Split('\n'),
            line => line.StartsWith($"Dashboard, signed in once by this link: http://127.0.0.1:{port}/dashboard/enter?code=", StringComparison.Ordinal));
        Assert.Null(LocalKey.Find(new Uri($"http://127.0.0.1:{port}/")));
    }

    [Fact]
    public async Task LocalKey_ServerElsewhere_IsNotSent()
    {
        await using NlServer server = await NlServer.StartAsync(_state);

        Assert.Null(LocalKey.Find(new Uri($"http://192.0.2.1:{new Uri(server.Url).Port}/")));
    }

    [Fact]
    public async Task TenantKey_ServerUnderWay_FeedsAndAsksItsTenantOnly()
    {
        await using NlServer server = await NlServer.StartAsync(_state);
        string key = await AddAsync("ann-phone", "--scope", "tenant-feed", "--scope", "tenant-read", "--tenant", "ann");
        Assert.Equal(0, (await Nl.RunAsync("feed", "--data", _events, "--tenant", "zoe", "--server", server.Url)).ExitCode);

        Assert.Equal(0, (await Nl.RunAsync("feed", "--data", _events, "--tenant", "ann", "--server", server.Url, "--key", key)).ExitCode);
        Assert.Equal(0, (await Nl.RunAsync("ask", "--tenant", "ann", "--server", server.Url, "--key", key, "topic1word1")).ExitCode);

        string other = Nl.AssertFailed(1, await Nl.RunAsync("ask", "--tenant", "zoe", "--server", server.Url, "--key", key, "a"));
        string levels = Nl.AssertFailed(1, await Nl.RunAsync("levels", "--server", server.Url, "--key", key));
        Assert.EndsWith("There is no tenant 'zoe' for this key.", other, StringComparison.Ordinal);
        Assert.EndsWith("The key 'ann-phone' lacks the scope 'model-admin'.", levels, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remove_ServerUnderWay_EndsTheKey()
    {
        await using NlServer server = await NlServer.StartAsync(_state);
        string key = await AddAsync("former", "--scope", "cluster-admin");
        Assert.Equal(0, (await Nl.RunAsync("feed", "--data", _events, "--tenant", "ann", "--server", server.Url, "--key", key)).ExitCode);

        Assert.Equal(0, (await Nl.RunAsync("key", "remove", "former", "--data-dir", _state)).ExitCode);

        Assert.Contains("no valid key", Nl.AssertFailed(1, await Nl.RunAsync("levels", "--server", server.Url, "--key", key)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_AfterAdd_ShowsWhatTheKeyMayDoAndNotTheKey()
    {
        string key = await AddAsync("reader", "--scope", "tenant-read", "--tenant", "ann", "--expires", "0s", "--requests-per-minute", "60");

        NlResult list = await Nl.RunAsync("key", "list", "--data-dir", _state);

        Assert.Contains("reader", list.Output, StringComparison.Ordinal);
        Assert.Contains("tenant-read", list.Output, StringComparison.Ordinal);
        Assert.Contains("expired", list.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(key[^20..], list.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--scope is 'root'; accepted: ", "--scope", "root")]
    [InlineData("--tenant goes with the scopes tenant-read and tenant-feed only.", "--scope", "model-admin", "--tenant", "ann")]
    [InlineData("--expires is 'soon'; accepted: ", "--scope", "tenant-read", "--expires", "soon")]
    [InlineData("--events-per-minute is 0; accepted: at least 1.", "--scope", "tenant-feed", "--events-per-minute", "0")]
    [InlineData("'ANN' is not a valid tenant", "--scope", "tenant-read", "--tenant", "ANN")]
    public async Task Add_NotAccepted_SaysWhatIs(string message, params string[] options)
    {
        string line = Nl.AssertFailed(2, await Nl.RunAsync(["key", "add", "a-key", "--data-dir", _state, .. options]));

        Assert.Contains(message, line, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_state));
    }

    [Fact]
    public async Task Add_NameThatIsTaken_IsRefused()
    {
        await AddAsync("a-key", "--scope", "tenant-read");

        Assert.Contains(
            "There is a key 'a-key'", Nl.AssertFailed(2, await Nl.RunAsync("key", "add", "a-key", "--data-dir", _state, "--scope", "tenant-read")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remove_UnknownKey_IsRefused() =>
        Assert.Contains("There is no key 'none'", Nl.AssertFailed(2, await Nl.RunAsync("key", "remove", "none", "--data-dir", _state)), StringComparison.Ordinal);

    [Fact]
    public async Task List_NoFileNamed_IsRefused() =>
        Assert.Contains("One of --data-dir and --file", Nl.AssertFailed(2, await Nl.RunAsync("key", "list")), StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private async Task<string> AddAsync(string name, params string[] options)
    {
        NlResult result = await Nl.RunAsync(["key", "add", name, "--data-dir", _state, .. options]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return result.Output.TrimEnd().Split('\n')[^1].Trim();
    }
}
