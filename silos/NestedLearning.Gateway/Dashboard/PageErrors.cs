using Microsoft.AspNetCore.Http;
using NestedLearning.Gateway.Dashboard.Home;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard;

/// <summary>What a browser gets instead of a page.</summary>
internal static class PageErrors
{
    /// <summary>The caller is not who may open the page: who is not signed in, does that first.</summary>
    public static Task RefuseAsync(HttpContext context, ApiProblem problem)
    {
        if (problem.Status != StatusCodes.Status401Unauthorized || !HttpMethods.IsGet(context.Request.Method))
        {
            return AnswerAsync(context, new PageFrame(problem.Title), problem);
        }

        string target = Uri.EscapeDataString(context.Request.Path + context.Request.QueryString);
        PageHeaders.Set(context.Response);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = context.Request.Path == PagePaths.Root ? PagePaths.SignIn : $"{PagePaths.SignIn}?to={target}";
        return Task.CompletedTask;
    }

    /// <summary>The page failed.</summary>
    public static Task AnswerAsync(PageCall call, Exception error) => ApiErrors.Describe(call.Api, error) is { } problem
        ? AnswerAsync(call.Context, call.Frame(problem.Title), problem)
        : Task.CompletedTask;

    private static Task AnswerAsync(HttpContext context, PageFrame frame, ApiProblem problem) => PageRenderer.AnswerAsync<ErrorPage>(
        context, problem.Status, new Dictionary<string, object?> { ["Frame"] = frame, ["View"] = problem });
}
