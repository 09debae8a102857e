using NestedLearning.Cli.Data;
using NestedLearning.Models;

namespace NestedLearning.Cli.Tests.Data;

public sealed class DotnetSdkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Find_SeveralSdks_TakesTheNewestTenThatHasEveryLanguage()
    {
        MakeSdk("a", "10.0.100");
        string expected = MakeSdk("b", "10.0.200");
        MakeSdk("b", "11.0.100");
        MakeSdk("b", "9.0.300");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "a", "sdk", "10.0.300", "cs"));

        Assert.Equal(expected, DotnetSdk.Find([Root("none"), Root("a"), Root("b")]));
    }

    [Fact]
    public void Find_NoSdk_SaysWhereItLookedAndWhatHelps()
    {
        DataException e = Assert.Throws<DataException>(() => DotnetSdk.Find([Root("x"), Root("y")]));

        Assert.Equal(
            $"builtin:dotnet-messages: no .NET 10 SDK with localized messages in {Root("x")}, {Root("y")}; install one or set DOTNET_ROOT",
            e.Message);
    }

    [Fact]
    public void Roots_HostOnPathBehindALink_GivesItsRealFolderAfterDotnetRoot()
    {
        string host = _folder.Write(Path.Combine("real", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"), "");
        string links = Directory.CreateDirectory(Path.Combine(_folder.Path, "links")).FullName;
        File.CreateSymbolicLink(Path.Combine(links, Path.GetFileName(host)), host);
        Dictionary<string, string> variables = new() { ["DOTNET_ROOT"] = Root("chosen"), ["PATH"] = links };

        List<string> roots = [.. DotnetSdk.Roots(variables.GetValueOrDefault)];

        Assert.Equal(Root("chosen"), roots[0]);
        Assert.Contains(Root("real"), roots);
    }

    public void Dispose() => _folder.Dispose();

    private string Root(string name) => Path.Combine(_folder.Path, name);

    private string MakeSdk(string root, string version)
    {
        string sdk = Path.Combine(Root(root), "sdk", version);
        foreach (SdkLanguage language in SdkLanguage.All)
        {
            Directory.CreateDirectory(Path.Combine(sdk, language.Folder));
        }

        return sdk;
    }
}
