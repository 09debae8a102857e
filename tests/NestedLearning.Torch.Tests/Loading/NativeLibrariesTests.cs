namespace NestedLearning.Torch.Tests.Loading;

public sealed class NativeLibrariesTests
{
    private const string NoSuchFile = "cannot open shared object file: No such file or directory";

    [Fact]
    public void Load_AllThere_TakesTorchBeforeTheBridge()
    {
        List<string> loaded = [];

        Assert.Null(new NativeLibraries(loaded.Add).Load());

        Assert.Equal(["torch_cuda", "torch_cpu", "LibTorchSharp"], loaded);
    }

    [Fact]
    public void Load_BridgeOnly_IsEnough() => Assert.Null(new NativeLibraries(name =>
    {
        if (name != "LibTorchSharp")
        {
            throw new DllNotFoundException(name);
        }
    }).Load());

    [Fact]
    public void Load_NothingThere_SaysWhatToInstallInOneLine()
    {
        string problem = Problem($"/program/LibTorchSharp.so: {NoSuchFile}", $"/program/libLibTorchSharp: {NoSuchFile}");

        Assert.Matches("^TorchSharp's native library does not load on [^ ]+: LibTorchSharp is not found; reference the package TorchSharp-cpu, or .+[.]$", problem);
    }

    [Theory]
    [InlineData("libtorch_cpu.so: " + NoSuchFile)]
    [InlineData("/lib/libc.so.6: version `GLIBC_2.38' not found (required by /program/libLibTorchSharp.so)")]
    public void Load_BridgeLacksALibrary_NamesIt(string cause) => Assert.Contains(
        $": {cause}; ", Problem($"/program/LibTorchSharp.so: {NoSuchFile}", cause, $"/program/LibTorchSharp: {NoSuchFile}"), StringComparison.Ordinal);

    /// <summary>What is said when the loader of Linux fails with these lines.</summary>
    private static string Problem(params string[] lines)
    {
        string message = "Unable to load shared library 'LibTorchSharp' or one of its dependencies. Consider strace: \n" + string.Join('\n', lines) + "\n";
        string problem = new NativeLibraries(_ => throw new DllNotFoundException(message)).Load()!;
        Assert.DoesNotContain('\n', problem);
        return problem;
    }
}
