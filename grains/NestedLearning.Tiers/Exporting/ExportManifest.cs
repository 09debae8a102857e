using System.Security.Cryptography;
using System.Text.Json;

namespace NestedLearning.Tiers;

/// <summary>The last file of an export: what it is, and every file of it. An export without one was cut short.</summary>
/// <param name="Format">What the files are; <see cref="TenantFormat"/>.</param>
/// <param name="Version">The version of that format.</param>
/// <param name="Model">The model.</param>
/// <param name="Tenant">The tenant.</param>
/// <param name="Files">The files before this one, in their order.</param>
public sealed record ExportManifest(string Format, int Version, string Model, string Tenant, IReadOnlyList<ManifestEntry> Files)
{
    /// <summary>The file that it is.</summary>
    public const string FileName = "manifest.json";

    /// <summary>What the export of a tenant is called.</summary>
    public const string TenantFormat = "nested-learning/tenant";

    /// <summary>A manifest of no files yet.</summary>
    public static ExportManifest Of(MemoryAddress memory) => new(TenantFormat, 1, memory.Model.Value, memory.Tenant.Value, []);

    /// <summary>A manifest with one more file.</summary>
    public ExportManifest With(ExportedFile file) => this with
    {
        Files = [.. Files, new ManifestEntry(file.Name, file.Content.Length, Convert.ToHexStringLower(SHA256.HashData(file.Content.Span)))],
    };

    /// <summary>The file.</summary>
    public ExportedFile ToFile() => ExportJson.File(FileName, this, ExportJson.Default.ExportManifest);

    /// <summary>Reads the file.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static ExportManifest Read(ExportedFile file) =>
        JsonSerializer.Deserialize(file.Content.Span, ExportJson.Default.ExportManifest) ?? throw new JsonException("The manifest is null.");
}

/// <summary>A file that a manifest names.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256, in hexadecimal.</param>
public sealed record ManifestEntry(string Name, long Bytes, string Sha256);
