using System.Security.Cryptography;

namespace NestedLearning.Silo.Database;

/// <summary>One of Orleans' scripts for PostgreSQL, which are not copied here: they are fetched, and used only if they are the ones that were tried.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Folder">The folder in the repository of Orleans.</param>
/// <param name="Table">The table that it makes.</param>
/// <param name="Sha256">The checksum of the file as it is in the repository, with line feeds only.</param>
internal sealed record OrleansScript(string File, string Folder, string Table, string Sha256)
{
    /// <summary>
    /// The state of the repository whose files the checksums are of. A commit never changes, so the address always gives
    /// these files.
    /// </summary>
    public const string Commit = "e558829b0b0f696e98c222438106e643fb53928f";

    /// <summary>All of them, in the order in which they are applied.</summary>
    public static IReadOnlyList<OrleansScript> All { get; } =
    [
        new("PostgreSQL-Main.sql", "Shared", "OrleansQuery", "623c15320e640cdd3e84d0668dcae481312f2631ac4977bf2eb8cf22e05deb8b"),
        new("PostgreSQL-Clustering.sql", "Orleans.Clustering.AdoNet", "OrleansMembershipTable", "75682538351dc15ad74d86fab14110cca2603fd063d19cebc76118ff84c88328"),
        new("PostgreSQL-Reminders.sql", "Orleans.Reminders.AdoNet", "OrleansRemindersTable", "3debf0bed0ca0b057bb7d3ec18d826dce6fb52b92b4de69a2100b5a2b3691bd9"),
    ];

    /// <summary>Where the file is.</summary>
    public Uri Url => new($"https://raw.githubusercontent.com/dotnet/orleans/{Commit}/src/AdoNet/{Folder}/{File}");

    /// <exception cref="ScriptException">It is another file.</exception>
    public void Check(ReadOnlySpan<byte> content)
    {
        string found = Convert.ToHexStringLower(SHA256.HashData(content));
        if (found != Sha256)
        {
            throw new ScriptException($"'{File}' is not the script that was tried: its SHA-256 is {found}; accepted: {Sha256}.");
        }
    }
}
