using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway;

/// <summary>Answers a request that failed: with a problem document, or in a stream that has begun with a last line.</summary>
internal static partial class ApiErrors
{
    public static async Task AnswerAsync(ApiCall call, Exception error)
    {
        if (Describe(call, error) is { } problem)
        {
            await WriteAsync(call.Context.Response, problem);
        }
    }

    /// <summary>The problem that an error is to the client; null where the client is gone. One that only the log explains is logged.</summary>
    public static ApiProblem? Describe(ApiCall call, Exception error)
    {
        if (call.Context.RequestAborted.IsCancellationRequested)
        {
            return null;
        }

        ApiProblem problem = ProblemOf(call, error);
        if (problem == ApiProblems.Internal)
        {
            LogFailure(Logger(call.Context), error, call.Context.Request.Method, call.Context.Request.Path.ToUriComponent());
        }

        return problem;
    }

    /// <summary>Writes a problem. A stream that has begun ends with it, in a line of its own.</summary>
    public static async Task WriteAsync(HttpResponse response, ApiProblem problem)
    {
        bool isLine = response.HasStarted;
        if (!isLine)
        {
            response.StatusCode = problem.Status;
            response.ContentType = ApiPaths.ProblemMediaType;
            if (problem.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable && response.Headers.RetryAfter.Count == 0)
            {
                response.Headers.RetryAfter = "1"; // Nobody knows when there is room again; a second keeps the crowd away.
            }
        }

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(problem, ApiJson.Default.ApiProblem);
        await response.Body.WriteAsync(isLine ? [.. json, (byte)'\n'] : json);
    }

    private static ApiProblem ProblemOf(ApiCall call, Exception error) => error switch
    {
        OperationCanceledException when call.Stopping.IsCancellationRequested => ApiProblems.Stopping,
        BadHttpRequestException http => ProblemOf(http),
        DataException { InnerException: BadHttpRequestException http } => ProblemOf(http),
        _ => ApiProblems.From(error),
    };

    private static ApiProblem ProblemOf(BadHttpRequestException error) =>
        new("about:blank", ReasonPhrases.GetReasonPhrase(error.StatusCode), error.StatusCode, error.Message);

    private static ILogger Logger(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ApiErrors));

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed.")]
    private static partial void LogFailure(ILogger logger, Exception error, string method, string path);
}
