using System.Security.Cryptography;

namespace NestedLearning.Tiers;

/// <summary>What a level stores beside its state.</summary>
public enum AttachmentKind
{
    /// <summary>Older entries of the lineage.</summary>
    Lineage,

    /// <summary>The updates that a version left out.</summary>
    Quarantine,

    /// <summary>Updates that are in the level's base, as they came, so that a tenant's can be taken out.</summary>
    Archive,
}

/// <summary>
/// The name of a blob beside a level's state. It says what the blob contains, so that of two owners of one level, the replaced one
/// can never write over what the other one's state refers to.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">Its number among those of its kind: a segment's, or the version's.</param>
/// <param name="Digest">The first 128 bits of its SHA-256, in hexadecimal.</param>
public sealed record AttachmentName(AttachmentKind Kind, long Number, string Digest)
{
    /// <summary>Whether these are the bytes that it names.</summary>
    public bool Names(ReadOnlySpan<byte> bytes) => DigestOf(bytes) == Digest;

    internal static string DigestOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(..16));
}

/// <summary>A blob beside a level's state, written once and before the state that refers to it. One that no state refers to counts for nothing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">The bytes.</param>
public sealed record StateAttachment(AttachmentName Name, byte[] Bytes)
{
    internal static StateAttachment Of(AttachmentKind kind, long number, byte[] bytes) =>
        new(new AttachmentName(kind, number, AttachmentName.DigestOf(bytes)), bytes);
}
