using System.Globalization;
using Microsoft.AspNetCore.Http;
using NestedLearning.Gateway.Dashboard.Signing;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Versions;

/// <summary>Going back to a version: what it means is shown first.</summary>
internal static class RollbackEndpoint
{
    /// <summary>Asks whether it is meant.</summary>
    public static async Task AskAsync(PageCall call)
    {
        (ModelId model, LevelId level, long version) = (call.Api.Model, call.Api.Level, VersionOf(call));
        IReadOnlyList<VersionRecord> versions =
            await call.Cluster.GetVersionsAsync(model, level, long.MaxValue, ILearningCluster.MaxVersions, call.Stop);
        VersionRecord? target = versions.FirstOrDefault(one => one.Entry.Version == version);
        if (target is not { CanGoBackTo: true })
        {
            throw new UnknownVersionException(level, version, "a version that can be gone back to");
        }

        RollbackView view = new(level, target, versions[0], [.. versions.Where(one => one.Entry.Version > version && one.Entry.Sources.Count > 0)]);
        await call.AnswerAsync<RollbackPage>(call.Frame($"Roll back to version {version}", model, PageTab.Versions) with { IsLive = false }, view);
    }

    /// <summary>It is meant. The form says which version was the newest, so that nobody goes back behind one that they did not see.</summary>
    public static async Task RollBackAsync(PageCall call)
    {
        (ModelId model, LevelId level, long version) = (call.Api.Model, call.Api.Level, VersionOf(call));
        IFormCollection form = await FormCheck.ReadAsync(call.Context, call.Stop);
        FormCheck.RequireToken(form, call.FormToken);
        LineageEntry made = await call.Cluster.RollbackAsync(model, level, version, WholeNumber(form[FormNames.From], FormNames.From), call.Stop);
        call.GoTo(FormattableString.Invariant($"{PagePaths.Versions(model, level)}?made={made.Version}"));
    }

    private static long VersionOf(PageCall call) => WholeNumber((string?)call.Context.Request.RouteValues["version"], "version");

    private static long WholeNumber(string? text, string name) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new BadHttpRequestException($"'{name}' is no whole number from 0.");
}
