using Microsoft.AspNetCore.Http;
using NestedLearning.Gateway.Dashboard.Signing;

namespace NestedLearning.Gateway.Dashboard.Removing;

/// <summary>The name that somebody types to confirm what cannot be undone.</summary>
/// <param name="Expected">The name of what goes.</param>
/// <param name="Given">What was typed; null before anything was.</param>
public sealed record TypedName(string Expected, string? Given = null)
{
    /// <summary>The longest that is shown again; a name has at most 128 characters.</summary>
    private const int MaxShown = 160;

    /// <summary>Whether it is meant.</summary>
    public bool IsRight => Given == Expected;

    /// <summary>What is wrong with it, in a sentence; null before anything was typed.</summary>
    public string? Problem => Given switch
    {
        null => null,
        "" => "Nothing was typed, and nothing was deleted.",
        { Length: > MaxShown } => "What was typed is another name; nothing was deleted.",
        { } other => $"“{other}” is another name; nothing was deleted.",
    };

    /// <summary>The name in a form that brings back its session's token.</summary>
    /// <exception cref="BadHttpRequestException">The form is of another site or session.</exception>
    internal static async Task<TypedName> ReadAsync(PageCall call, string expected)
    {
        IFormCollection form = await FormCheck.ReadAsync(call.Context, call.Stop);
        FormCheck.RequireToken(form, call.FormToken);
        return new TypedName(expected, form[FormNames.Name].ToString().Trim());
    }
}
