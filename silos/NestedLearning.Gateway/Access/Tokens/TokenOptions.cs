namespace NestedLearning.Gateway.Access.Tokens;

/// <summary>
/// Whose JSON Web Tokens (RFC 7519) are taken for keys: those of an issuer that publishes its keys, or those that one key signs.
/// </summary>
/// <param name="Audience">Whom a token has to be for.</param>
public sealed record TokenOptions(string Audience)
{
    /// <summary>An OpenID Connect issuer, whose keys are below <c>/.well-known/openid-configuration</c>; null for one with a key file.</summary>
    public Uri? Authority { get; init; }

    /// <summary>Who has to have issued a token; null for what the authority says of itself.</summary>
    public string? Issuer { get; init; }

    /// <summary>The public key, RSA or ECDSA, that signatures are checked with, in PEM; null for those of the authority.</summary>
    public string? KeyFile { get; init; }

    /// <summary>What is wrong with them, a sentence each.</summary>
    public IEnumerable<string> Violations()
    {
        if (Audience.Length == 0)
        {
            yield return "the audience of tokens is empty, accepted: whom they have to be for";
        }

        if (Authority is null == KeyFile is null)
        {
            yield return "tokens need an authority or a key file, and not both";
        }

        if (KeyFile is not null && string.IsNullOrEmpty(Issuer))
        {
            yield return "tokens of a key file need an issuer";
        }

        if (Authority is { } authority && authority.Scheme != Uri.UriSchemeHttps && !authority.IsLoopback)
        {
            yield return $"the authority is {authority}, accepted: https, or a loopback address";
        }
    }
}
