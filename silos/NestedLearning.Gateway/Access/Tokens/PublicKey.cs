using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace NestedLearning.Gateway.Access.Tokens;

/// <summary>A public key from a file.</summary>
internal static class PublicKey
{
    /// <summary>Reads one; a private key is refused, since a server needs none to check signatures.</summary>
    /// <exception cref="TokenKeyException">It is none.</exception>
    public static SecurityKey Read(string path)
    {
        try
        {
            string pem = File.ReadAllText(path);
            if (pem.Contains("PRIVATE KEY", StringComparison.Ordinal))
            {
                throw new TokenKeyException(path, "it is a private key; accepted: the public one");
            }

            return ReadRsa(pem) ?? ReadEcdsa(pem) ?? throw new TokenKeyException(path, "it is no public key of RSA or ECDSA in PEM");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TokenKeyException(path, error.Message, error);
        }
    }

    private static SecurityKey? ReadRsa(string pem)
    {
        RSA rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            return new RsaSecurityKey(rsa);
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            rsa.Dispose();
            return null;
        }
    }

    private static SecurityKey? ReadEcdsa(string pem)
    {
        ECDsa ecdsa = ECDsa.Create();
        try
        {
            ecdsa.ImportFromPem(pem);
            return new ECDsaSecurityKey(ecdsa);
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            ecdsa.Dispose();
            return null;
        }
    }
}
