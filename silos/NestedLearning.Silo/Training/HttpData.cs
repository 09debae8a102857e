using System.Net;
using NestedLearning.Grains;
using NestedLearning.Models;

namespace NestedLearning.Silo.Training;

/// <summary>Data that an HTTP server gives, read as it comes.</summary>
internal sealed class HttpData(DataLimits limits)
{
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = limits.Patience, // Until the data begins; it may last.
    };

    /// <summary>Opens data; its stamp is the tag, the date or the length that its server gives.</summary>
    /// <exception cref="DataException">The server does not give it, or it is too large; inside is an <see cref="IOException"/> where it may later.</exception>
    public async ValueTask<TrainingData> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        string name = address.GetLeftPart(UriPartial.Path);
        try
        {
            HttpResponseMessage response = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
                return new TrainingData(GuardedStream.Over(stream, name, response.Content.Headers.ContentLength, limits), StampOf(response));
            }

            response.Dispose();
            throw Unanswered(name, response.StatusCode);
        }
        catch (Exception error) when (
            error is HttpRequestException || (error is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new DataException(name, null, $"cannot be reached: {error.Message}", new IOException(error.Message, error));
        }
    }

    private static DataException Unanswered(string name, HttpStatusCode status)
    {
        string problem = FormattableString.Invariant($"its server answers {(int)status}; accepted is 200");
        bool mayPass = (int)status >= 500 || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;
        return new DataException(name, null, problem, mayPass ? new IOException(problem) : null);
    }

    private static string StampOf(HttpResponseMessage response) =>
        response.Headers.ETag?.ToString()
        ?? response.Content.Headers.LastModified?.ToString("O")
        ?? FormattableString.Invariant($"{response.Content.Headers.ContentLength} bytes");
}
