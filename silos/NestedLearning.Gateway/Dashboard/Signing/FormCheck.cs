using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace NestedLearning.Gateway.Dashboard.Signing;

/// <summary>Whether a form comes from a page of this server.</summary>
internal static class FormCheck
{
    private const int MaxBytes = 16 * 1024;

    /// <summary>Reads a form of one of this server's pages.</summary>
    /// <exception cref="BadHttpRequestException">It is of another site, too long, or no form.</exception>
    public static async Task<IFormCollection> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (!IsFromHere(context.Request))
        {
            throw new BadHttpRequestException("The form is of another site.", StatusCodes.Status403Forbidden);
        }

        if (!context.Request.HasFormContentType)
        {
            throw new BadHttpRequestException("The body is no form.", StatusCodes.Status415UnsupportedMediaType);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MaxBytes;
        }

        try
        {
            return await context.Request.ReadFormAsync(new FormOptions { KeyLengthLimit = 256, ValueLengthLimit = MaxBytes }, cancellationToken);
        }
        catch (InvalidDataException error)
        {
            throw new BadHttpRequestException(error.Message, StatusCodes.Status400BadRequest, error);
        }
    }

    /// <summary>Refuses a form that does not bring back the token of its session.</summary>
    /// <exception cref="BadHttpRequestException">The token is missing or another one.</exception>
    public static void RequireToken(IFormCollection form, string expected)
    {
        byte[] given = Encoding.UTF8.GetBytes(form[FormNames.Token].ToString());
        if (!CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(expected)))
        {
            throw new BadHttpRequestException("The form is not of this session; open its page again.", StatusCodes.Status403Forbidden);
        }
    }

    /// <summary>Browsers say where a form comes from; what is no browser has no session that could be abused.</summary>
    private static bool IsFromHere(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site])
        {
            return site is "same-origin" or "none";
        }

        return request.Headers.Origin is not [{ } origin]
            || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
