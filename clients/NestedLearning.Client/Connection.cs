using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NestedLearning.Tiers;

namespace NestedLearning.Client;

/// <summary>Requests to one gateway, with every failure as a typed error.</summary>
internal sealed class Connection(HttpClient http, Uri server, string? key)
{
    public Uri Server => server;

    /// <summary>JSON as the body of a request.</summary>
    public static HttpContent Json(ReadOnlyMemory<byte> json)
    {
        ByteArrayContent content = new(json.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    /// <summary>Makes a request whose answer is one JSON document.</summary>
    public Task<T> AskAsync<T>(
        HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(
            method,
            path,
            content,
            async (answer, stop) => JsonSerializer.Deserialize(await answer.ReadAsByteArrayAsync(stop), type)
                ?? throw new JsonException("The answer is null."),
            ErrorOf,
            cancellationToken);

    /// <summary>Makes a request whose answer says nothing.</summary>
    public Task TellAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken) =>
        SendAsync(method, path, content, (_, _) => Task.FromResult(true), ErrorOf, cancellationToken);

    /// <summary>Makes a request and reads its answer.</summary>
    /// <exception cref="NestedLearningException">What the server says is wrong, or why there is no answer.</exception>
    public async Task<T> SendAsync<T>(
        HttpMethod method,
        string path,
        HttpContent? content,
        Func<HttpContent, CancellationToken, Task<T>> read,
        Func<ApiProblem, NestedLearningException> errorOf,
        CancellationToken cancellationToken)
    {
        try
        {
            return await GuardAsync(
                async () =>
                {
                    using HttpRequestMessage request = new(method, new Uri(server, path)) { Content = content };
                    using HttpResponseMessage response = await BeginAsync(request, errorOf, cancellationToken);
                    return await read(response.Content, cancellationToken);
                },
                cancellationToken);
        }
        catch (JsonException error)
        {
            throw NotAnAnswer(error);
        }
    }

    /// <summary>Asks for what comes bit by bit. Whoever reads it has to close the answer.</summary>
    /// <exception cref="NestedLearningException">What the server says is wrong, or why there is no answer.</exception>
    public Task<HttpResponseMessage> OpenAsync(string path, CancellationToken cancellationToken) => GuardAsync(
        async () =>
        {
            using HttpRequestMessage request = new(HttpMethod.Get, new Uri(server, path));
            return await BeginAsync(request, ErrorOf, cancellationToken);
        },
        cancellationToken);

    /// <summary>Makes a request whose answer is events as the server sends them.</summary>
    /// <exception cref="NestedLearningException">What the server says is wrong, or why there is no answer, or no more of it.</exception>
    public async IAsyncEnumerable<SseItem<string>> EventsAsync(
        string path, ReadOnlyMemory<byte> json, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await GuardAsync(
            async () =>
            {
                using HttpRequestMessage request = new(HttpMethod.Post, new Uri(server, path)) { Content = Json(json) };
                return await BeginAsync(request, ErrorOf, cancellationToken);
            },
            cancellationToken);
        await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using IAsyncEnumerator<SseItem<string>> events = SseParser.Create(body).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await GuardAsync(() => events.MoveNextAsync().AsTask(), cancellationToken))
        {
            yield return events.Current;
        }
    }

    /// <summary>The answer is none that a gateway gives.</summary>
    public NestedLearningException NotAnAnswer(JsonException error) =>
        new ServerFailedException(server, (int)HttpStatusCode.OK, $"not what a gateway answers ({error.Message})");

    /// <summary>Does something with the server, and names what breaks on the way.</summary>
    /// <exception cref="ServerUnreachableException">Something does.</exception>
    public async Task<T> GuardAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new ServerUnreachableException(server, Reason(error), error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ServerUnreachableException(server, "it took too long", error);
        }
    }

    /// <summary>Opens a WebSocket through the same client, with the same key.</summary>
    /// <exception cref="NestedLearningException">The server refuses, or is not there.</exception>
    public async Task<ClientWebSocket> OpenSocketAsync(string path, CancellationToken cancellationToken)
    {
        ClientWebSocket socket = new();
        socket.Options.CollectHttpResponseDetails = true;
        if (key is not null)
        {
            socket.Options.SetRequestHeader("Authorization", "Bearer " + key);
        }

        try
        {
            Uri address = new UriBuilder(new Uri(server, path)) { Scheme = server.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs }.Uri;
            await socket.ConnectAsync(address, http, cancellationToken);
            return socket;
        }
        catch (WebSocketException error)
        {
            int status = (int)socket.HttpStatusCode;
            socket.Dispose();
            throw status == 0 ? new ServerUnreachableException(server, error.Message, error) : Failure(status, error.Message);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new ServerUnreachableException(server, "it took too long", error);
        }
    }

    /// <summary>The error that a problem stands for.</summary>
    public NestedLearningException ErrorOf(ApiProblem problem) =>
        ApiProblems.ToError(problem, server.ToString()) ?? Failure(problem.Status, problem.Detail);

    private async Task<HttpResponseMessage> BeginAsync(
        HttpRequestMessage request, Func<ApiProblem, NestedLearningException> errorOf, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await ErrorAsync(response, errorOf, cancellationToken);
        }
    }

    /// <summary>What is wrong with a certificate is in the cause alone.</summary>
    private static string Reason(Exception error) =>
        error is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: { } cause } ? cause.Message : error.Message;

    private async Task<NestedLearningException> ErrorAsync(
        HttpResponseMessage response, Func<ApiProblem, NestedLearningException> errorOf, CancellationToken cancellationToken)
    {
        int status = (int)response.StatusCode;
        NestedLearningException error = response.Content.Headers.ContentType?.MediaType != ApiPaths.ProblemMediaType
            ? Failure(status, response.ReasonPhrase ?? "no reason given")
            : JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellationToken), ApiJson.Default.ApiProblem) is { } problem
                ? errorOf(problem)
                : Failure(status, "no reason given");
        if (error is ServerUnreachableException unreachable)
        {
            unreachable.RetryAfter = response.Headers.RetryAfter?.Delta;
        }

        return error;
    }

    /// <summary>A server that stops, or a proxy that does not find it, is not reached; a repeat may be.</summary>
    private NestedLearningException Failure(int status, string reason) => status switch
    {
        401 or 403 => new AccessDeniedException(server, reason),
        429 or 502 or 503 or 504 => new ServerUnreachableException(server, reason),
        _ => new ServerFailedException(server, status, reason),
    };
}
