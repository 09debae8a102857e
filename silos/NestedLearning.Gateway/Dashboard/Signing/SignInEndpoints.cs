using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NestedLearning.Gateway.Access;
using NestedLearning.Gateway.Access.Tokens;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Signing;

/// <summary>How browsers sign in and out; these pages are for everybody.</summary>
internal static class SignInEndpoints
{
    private const string Title = "Sign in";

    /// <summary>The page that takes a key.</summary>
    public static Task ShowAsync(HttpContext context) => AnswerAsync(context, TargetOf(context.Request.Query[FormNames.Target]), null);

    /// <summary>A key was given.</summary>
    public static async Task SignInAsync(HttpContext context)
    {
        IFormCollection form = await FormCheck.ReadAsync(context, context.RequestAborted);
        string credential = form[FormNames.Key].ToString().Trim();
        string target = TargetOf(form[FormNames.Target]);
        if (await RefusalAsync(context, credential) is { } refusal)
        {
            await AnswerAsync(context, target, refusal.Text, refusal.Status);
            return;
        }

        SessionCookie.Set(context, context.RequestServices.GetRequiredService<Sessions>().Begin(credential));
        GoTo(context, target);
    }

    /// <summary>A link that signs in once.</summary>
    public static Task EnterAsync(HttpContext context)
    {
        Sessions sessions = context.RequestServices.GetRequiredService<Sessions>();
        if (sessions.TakeLink(context.Request.Query["code"].ToString()) is not { } credential)
        {
            return AnswerAsync(context, PagePaths.Root, "This link was used before, or is of another server. Sign in with a key.");
        }

        SessionCookie.Set(context, sessions.Begin(credential));
        return PageRenderer.AnswerAsync<EnterPage>(
            context, StatusCodes.Status200OK, new Dictionary<string, object?> { ["Frame"] = new PageFrame("Signed in") });
    }

    /// <summary>Ends the session.</summary>
    public static async Task SignOutAsync(HttpContext context)
    {
        IFormCollection form = await FormCheck.ReadAsync(context, context.RequestAborted);
        if (SessionCookie.Find(context) is { } session)
        {
            FormCheck.RequireToken(form, session.FormToken);
            context.RequestServices.GetRequiredService<Sessions>().End(session.Id);
        }

        SessionCookie.Delete(context);
        GoTo(context, PagePaths.SignIn);
    }

    /// <summary>Nobody is led away from the dashboard.</summary>
    private static string TargetOf(string? target) =>
        target is not null && (target == PagePaths.Root || target.StartsWith(PagePaths.Root + "/", StringComparison.Ordinal)) ? target : PagePaths.Root;

    /// <summary>Why the key does not sign in; null where it does.</summary>
    private static async ValueTask<(int Status, string Text)?> RefusalAsync(HttpContext context, string credential)
    {
        try
        {
            return await IsValidAsync(context, credential) ? null : (StatusCodes.Status401Unauthorized, "This is no valid key of this server.");
        }
        catch (IssuerUnreachableException)
        {
            return (AccessProblems.IssuerUnreachable.Status, AccessProblems.IssuerUnreachable.Detail);
        }
    }

    private static async ValueTask<bool> IsValidAsync(HttpContext context, string credential)
    {
        TimeProvider time = context.RequestServices.GetRequiredService<IOptions<GatewayOptions>>().Value.Time;
        ApiKey? key = KeyToken.Parse(credential) is { } token
            ? context.RequestServices.GetRequiredService<KeyRing>().Find(token)
            : await context.RequestServices.GetRequiredService<TokenKeys>().FindAsync(credential);
        return key is not null && !(key.Expires <= time.GetUtcNow());
    }

    private static void GoTo(HttpContext context, string path)
    {
        PageHeaders.Set(context.Response);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path;
    }

    private static Task AnswerAsync(HttpContext context, string target, string? problem, int refusal = StatusCodes.Status401Unauthorized)
    {
        if (context.RequestServices.GetRequiredService<KeyRing>().IsOpen)
        {
            GoTo(context, target);
            return Task.CompletedTask;
        }

        int status = problem is null ? StatusCodes.Status200OK : refusal;
        return PageRenderer.AnswerAsync<SignInPage>(
            context,
            status,
            new Dictionary<string, object?> { ["Frame"] = new PageFrame(Title), ["View"] = new SignInView(target, problem) });
    }
}
