using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using NestedLearning.Models;

namespace NestedLearning.Gateway.Access;

/// <summary>
/// What the holder of a key sends: <c>nl_NAME_SECRET</c>. The name finds the key, so that one hash is computed for a request,
/// and the beginning lets programs that look for lost secrets find it.
/// </summary>
public sealed class KeyToken
{
    private const string Prefix = "nl";
    private const char Separator = '_';
    private const int SecretBytes = 32;

    private static readonly int SecretLength = Base64Url.GetEncodedLength(SecretBytes);

    private readonly byte[] _secret;

    private KeyToken(KeyId name, byte[] secret)
    {
        Name = name;
        _secret = secret;
    }

    /// <summary>The key that it claims to be.</summary>
    public KeyId Name { get; }

    /// <summary>A new one, of 256 random bits.</summary>
    public static KeyToken Create(KeyId name) => new(name, RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Reads one; null where the text is none.</summary>
    public static KeyToken? Parse(string text)
    {
        string[] parts = text.Split(Separator, 3);
        byte[] secret = new byte[SecretBytes];
        if (parts is not [Prefix, { } name, { } encoded]
            || encoded.Length != SecretLength
            || Base64Url.DecodeFromChars(encoded, secret, out _, out int written) != OperationStatus.Done
            || written != SecretBytes)
        {
            return null;
        }

        try
        {
            return new KeyToken(new KeyId(name), secret);
        }
        catch (InvalidIdException)
        {
            return null;
        }
    }

    /// <summary>What is kept of it: SHA-256 of the secret, 32 bytes.</summary>
    public byte[] Hash() => SHA256.HashData(_secret);

    /// <summary>The secret itself, for its holder only.</summary>
    public string Reveal() => string.Join(Separator, Prefix, Name.Value, Base64Url.EncodeToString(_secret));

    /// <summary>The name alone, so that nothing writes the secret down by accident.</summary>
    public override string ToString() => Name.Value;
}
