namespace NestedLearning.Cli.Data;

/// <summary>The version of an SDK, such as 10.0.401 or 10.0.100-rc.1.25451.107; a preview comes before its release.</summary>
internal sealed record SdkVersion(Version Number, string Preview) : IComparable<SdkVersion>
{
    /// <summary>Reads the name of an SDK's folder; what is no version becomes the oldest.</summary>
    public static SdkVersion Parse(string name)
    {
        string[] parts = name.Split('-', 2);
        return new SdkVersion(
            Version.TryParse(parts[0], out Version? number) ? number : new Version(), parts.ElementAtOrDefault(1) ?? "");
    }

    /// <inheritdoc/>
    public int CompareTo(SdkVersion? other)
    {
        int order = Number.CompareTo(other?.Number);
        return order != 0 ? order : Rank(Preview).CompareTo(Rank(other!.Preview));
    }

    /// <summary>Releases last; of previews the stage decides, then its numbers.</summary>
    private static (bool IsRelease, string Stage, Version Build) Rank(string preview)
    {
        string[] parts = preview.Split('.', 2);
        string build = parts.Length > 1 ? parts[1] : "";
        return (preview.Length == 0, parts[0], Version.TryParse(build, out Version? number) ? number : new Version());
    }
}
