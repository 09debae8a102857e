namespace NestedLearning.Gateway.Access.Tokens;

/// <summary>Whether a token is right cannot be said, as its issuer does not say which keys it signs with.</summary>
public sealed class IssuerUnreachableException(Uri authority, string reason, Exception? innerException = null)
    : NestedLearningException($"The issuer {authority} does not say which keys it signs tokens with: {reason.TrimEnd('.')}.", innerException)
{
    /// <summary>The OpenID Connect issuer.</summary>
    public Uri Authority { get; } = authority;
}
