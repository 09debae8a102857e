using System.CommandLine;
using NestedLearning.Gateway.Tls;

namespace NestedLearning.Cli.Commands;

/// <summary>The options that make a server encrypt.</summary>
internal sealed class TlsArguments
{
    /// <summary>The variable of the environment with the password. Other users see the arguments of a command, but not this.</summary>
    private const string PasswordVariable = "NL_TLS_PASSWORD";

    private readonly Option<FileInfo?> _certificate = new("--tls-certificate")
    {
        Description = "Serve https with this certificate, PEM or PKCS #12.",
        HelpName = "FILE",
    };

    private readonly Option<FileInfo?> _key = new("--tls-key")
    {
        Description = $"The key of a PEM certificate; {PasswordVariable} of the environment opens one that is encrypted.",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_certificate);
        command.Options.Add(_key);
    }

    /// <summary>The certificate; null where none is asked for.</summary>
    /// <exception cref="UsageException">There is a key without a certificate.</exception>
    /// <exception cref="ServerCertificateException">It cannot be used.</exception>
    public ServerCertificate? Certificate(ParseResult parsed) => (parsed.GetValue(_certificate), parsed.GetValue(_key)) switch
    {
        (null, null) => null,
        (null, _) => throw new UsageException("--tls-key goes with --tls-certificate only."),
        ({ } certificate, var key) => ServerCertificate.Load(
            certificate.FullName, key?.FullName, Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } set ? set : null),
    };
}
