using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;
using NestedLearning.Cli.Tests.Data;
using NestedLearning.Cli.Tests.Documents;
using NestedLearning.Cli.Tests.Processes;

namespace NestedLearning.Cli.Tests.Packages;

/// <summary>The packages as a release would have them, made from what is built.</summary>
public sealed class PackagesTests : IDisposable
{
    private static readonly TimeSpan Hung = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Tool_InstalledFromAFolder_RunsTheDemo()
    {
        await PackAsync("clients/NestedLearning.Cli");
        string tools = Path.Combine(_folder.Path, "tools");

        await RunAsync(NlProcess.Program[0], "tool", "install", "NestedLearning.Cli", "--tool-path", tools, "--source", _folder.Path);
        string output = await RunAsync(Path.Combine(tools, "nl"), "demo");

        Assert.Contains("each event was seen once", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clients/NestedLearning.Client", "HttpLearningCluster")]
    [InlineData("silos/NestedLearning.Embedded", "NestedLearning.Client")]
    [InlineData("grains/NestedLearning.Tensors", "NestedLearning.Embedded")]
    public async Task Library_Packed_BringsItsPageItsDocumentationAndItsSymbols(string project, string onItsPage)
    {
        await PackAsync(project);
        string name = Path.GetFileName(project);

        using ZipArchive package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(_folder.Path, "*.nupkg")));
        Assert.Contains(onItsPage, ReadText(package, "README.md"), StringComparison.Ordinal);
        Assert.NotNull(package.GetEntry($"lib/net10.0/{name}.dll"));
        Assert.NotNull(package.GetEntry($"lib/net10.0/{name}.xml"));
        XElement metadata = XDocument.Parse(ReadText(package, $"{name}.nuspec")).Root!.Elements().Single();
        Assert.Equal("MIT", ValueOf(metadata, "license"));
        Assert.NotEqual("Package Description", ValueOf(metadata, "description"));
        using ZipArchive symbols = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(_folder.Path, "*.snupkg")));
        Assert.NotNull(symbols.GetEntry($"lib/net10.0/{name}.pdb"));
    }

    public void Dispose() => _folder.Dispose();

    private Task<string> PackAsync(string project) => RunAsync(
        NlProcess.Program[0], "pack", Path.Combine(Document.Repository, project), "--no-build", "--configuration", Configuration(), "--output", _folder.Path);

    /// <summary>That of the tests, as only it is known to be built.</summary>
    private static string Configuration() => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetDirectoryName(NlProcess.Program[0]) is { Length: > 0 } runtime)
        {
            start.Environment["DOTNET_ROOT"] = runtime;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Hung);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{await output}\n{await error}");
        return await output;
    }

    private static string ReadText(ZipArchive archive, string name)
    {
        using StreamReader reader = new(archive.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    private static string? ValueOf(XElement metadata, string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
}
