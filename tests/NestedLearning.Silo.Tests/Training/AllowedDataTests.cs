using NestedLearning.Grains;
using NestedLearning.Models;
using NestedLearning.Silo.Configuration;
using NestedLearning.Silo.Training;

namespace NestedLearning.Silo.Tests.Training;

/// <summary>A silo reads what its settings name, and nothing else.</summary>
public sealed class AllowedDataTests : IDisposable
{
    private static readonly DataLimits Limits = DataLimits.Default with { MaxMib = 1 };

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("nl-data-");
    private readonly AllowedData _data;

    public AllowedDataTests()
    {
        Write("sets/a.jsonl");
        Write("sets/more/b.jsonl");
        Write("sets-of-others/c.jsonl");
        Write("d.jsonl");
        _data = Reading(PathOf("sets"));
    }

    [Theory]
    [InlineData("sets/a.jsonl")]
    [InlineData("sets/more/b.jsonl")]
    [InlineData("sets/more/../a.jsonl")]
    public async Task OpenAsync_FileBelowAFolder_IsRead(string file)
    {
        foreach (string address in new[] { PathOf(file), "file://" + PathOf(file) })
        {
            TrainingData data = await _data.OpenAsync(address, default);
            using StreamReader reader = new(data.Stream);
            Assert.Equal(("text", "4 bytes"), (await reader.ReadToEndAsync(), data.Stamp));
        }
    }

    [Theory]
    [InlineData("d.jsonl")]
    [InlineData("sets/../d.jsonl")]
    [InlineData("sets/..")]
    [InlineData("sets-of-others/c.jsonl")]
    [InlineData("no-such-file")]
    public async Task OpenAsync_AnythingElse_IsRefusedWhetherItIsThereOrNot(string file)
    {
        foreach (string address in new[] { PathOf(file), "file://" + PathOf(file) })
        {
            Assert.EndsWith(": not data that this server reads; accepted is what its settings Training:Folders and Training:Addresses name", await ProblemAsync(_data, address), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("sets/a.jsonl")]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    [InlineData("file://machine/share/a.jsonl")]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("file:///%00")]
    public async Task OpenAsync_AddressThatNoSettingNames_IsRefused(string address) =>
        Assert.Contains("not data that this server reads", await ProblemAsync(_data, address), StringComparison.Ordinal);

    [Fact]
    public async Task OpenAsync_NoSuchFile_SaysSo() =>
        Assert.EndsWith("none.jsonl: no such file on this silo", await ProblemAsync(_data, PathOf("sets/none.jsonl")), StringComparison.Ordinal);

    [Fact]
    public async Task OpenAsync_AddressBelowAnAllowedOne_IsRead()
    {
        using WebData web = WebData.Start();
        AllowedData data = Reading(new Uri(web.Url, "/sets/"));

        TrainingData opened = await data.OpenAsync(new Uri(web.Url, "/sets/a.jsonl?key=1").ToString(), default);

        using StreamReader reader = new(opened.Stream);
        Assert.Equal(("text of /sets/a.jsonl", "\"tag\""), (await reader.ReadToEndAsync(), opened.Stamp));
    }

    [Theory]
    [InlineData("/others/a.jsonl")]
    [InlineData("/sets/../others/a.jsonl")]
    [InlineData("/sets/%2e%2e/others/a.jsonl")]
    [InlineData("/sets/..%2Fothers/a.jsonl")]
    [InlineData("/sets/..%5cothers/a.jsonl")]
    public async Task OpenAsync_AddressBesideAnAllowedOne_IsRefused(string path)
    {
        using WebData web = WebData.Start();
        AllowedData data = Reading(new Uri(web.Url, "/sets/"));

        Assert.Contains("not data that this server reads", await ProblemAsync(data, web.Url.ToString().TrimEnd('/') + path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sets/missing?key=secret", "its server answers 404; accepted is 200", false)]
    [InlineData("/sets/moved", "its server answers 302; accepted is 200", false)]
    [InlineData("/sets/busy", "its server answers 503; accepted is 200", true)]
    public async Task OpenAsync_ServerThatDoesNotGiveIt_SaysWhatItAnswers(string path, string problem, bool mayPass)
    {
        using WebData web = WebData.Start();
        AllowedData data = Reading(web.Url);

        DataException error = await Assert.ThrowsAsync<DataException>(async () => await data.OpenAsync(new Uri(web.Url, path).ToString(), default));

        Assert.Equal((new Uri(web.Url, path.Split('?')[0]) + ": " + problem, mayPass), (error.Message, error.InnerException is IOException));
    }

    [Theory]
    [InlineData("/sets/large")]
    [InlineData("/sets/endless")]
    public async Task ReadAsync_MoreThanIsRead_IsRefused(string path)
    {
        using WebData web = WebData.Start();
        AllowedData data = Reading(web.Url);

        DataException error = await Assert.ThrowsAsync<DataException>(async () =>
        {
            await using Stream stream = (await data.OpenAsync(new Uri(web.Url, path).ToString(), default)).Stream;
            await stream.CopyToAsync(Stream.Null);
        });

        Assert.Equal((new Uri(web.Url, path) + ": is too large; accepted are 1 MiB, as Training:MaxMib says", null), (error.Message, error.InnerException));
    }

    [Fact]
    public async Task OpenAsync_FileThatIsTooLarge_IsRefused()
    {
        File.WriteAllBytes(PathOf("sets/large"), new byte[(1 << 20) + 1]);

        Assert.EndsWith("large: is too large; accepted are 1 MiB, as Training:MaxMib says", await ProblemAsync(_data, PathOf("sets/large")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_ServerThatFallsSilent_IsNotWaitedForLong()
    {
        using WebData web = WebData.Start();
        AllowedData data = new(new TrainingSettings([], [web.Url], new DataLimits(1, TimeSpan.FromMilliseconds(50))));
        await using Stream stream = (await data.OpenAsync(new Uri(web.Url, "/sets/silent").ToString(), default)).Stream;

        await Assert.ThrowsAsync<IOException>(() => stream.CopyToAsync(Stream.Null));
    }

    [Fact]
    public async Task OpenAsync_NoServer_MayBeThereLater()
    {
        Uri url;
        using (WebData web = WebData.Start())
        {
            url = web.Url;
        }

        AllowedData data = Reading(url);
        DataException error = await Assert.ThrowsAsync<DataException>(async () => await data.OpenAsync(url + "a", default));
        Assert.IsType<IOException>(error.InnerException);
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static AllowedData Reading(string folder) => new(new TrainingSettings([folder], [], Limits));

    private static AllowedData Reading(Uri address) => new(new TrainingSettings([], [address], Limits));

    private static async Task<string> ProblemAsync(AllowedData data, string address) =>
        (await Assert.ThrowsAsync<DataException>(async () => await data.OpenAsync(address, default))).Message;

    private string PathOf(string file) => $"{_root.FullName}/{file}";

    private void Write(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), "text");
    }
}
