using System.CommandLine;
using NestedLearning.Gateway.Access.Tokens;

namespace NestedLearning.Cli.Commands;

/// <summary>The options that say whose tokens a server takes for keys.</summary>
internal sealed class TokenArguments
{
    private readonly Option<string?> _audience = new("--jwt-audience")
    {
        Description = "Take JSON Web Tokens for this audience as keys.",
        HelpName = "NAME",
    };

    private readonly Option<Uri?> _authority = new("--jwt-authority") { Description = "Tokens of this OpenID Connect issuer.", HelpName = "URL" };
    private readonly Option<string?> _issuer = new("--jwt-issuer") { Description = "Tokens of this issuer.", HelpName = "NAME" };
    private readonly Option<FileInfo?> _key = new("--jwt-key") { Description = "The public key that they are signed for, in PEM.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _audience, _authority, _issuer, _key })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Whose tokens; null for nobody's.</summary>
    /// <exception cref="UsageException">The options do not go together.</exception>
    public TokenOptions? Tokens(ParseResult parsed)
    {
        TokenOptions tokens = new(parsed.GetValue(_audience) ?? "")
        {
            Authority = parsed.GetValue(_authority),
            Issuer = parsed.GetValue(_issuer),
            KeyFile = parsed.GetValue(_key)?.FullName,
        };
        if (tokens == new TokenOptions(""))
        {
            return null;
        }

        return tokens.Violations().FirstOrDefault() is { } violation ? throw new UsageException($"--jwt-...: {violation}.") : tokens;
    }
}
