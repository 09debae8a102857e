namespace NestedLearning.Cli.Data;

/// <summary>Data that is named by an address, which other machines may reach too; all else is a path of this one.</summary>
internal static class DataAddress
{
    private static readonly string[] Schemes = ["file:", "http:", "https:"];

    /// <summary>The address that a text is; null for a path.</summary>
    public static Uri? Of(string text) =>
        Schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) && Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            ? address
            : null;
}
