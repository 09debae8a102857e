namespace NestedLearning.Browser.Tests;

/// <summary>The browser of this machine.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "microsoft-edge"];

    /// <summary>Where it is; null where none is installed.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>Whether tests must run: where changes are checked, a missing browser is a failure.</summary>
    public static bool IsRequired => Environment.GetEnvironmentVariable("CI") == "true";
}

/// <summary>A test that needs a browser.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = BrowserSkip.Reason;
}

/// <summary>A test that needs a browser, with several cases.</summary>
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = BrowserSkip.Reason;
}

/// <summary>Why tests that need a browser are left out; null where they run.</summary>
internal static class BrowserSkip
{
    public static string? Reason => Chromium.Program is null && !Chromium.IsRequired
        ? "There is no Chromium on the PATH; on Debian 'apt-get install chromium' brings it."
        : null;
}
