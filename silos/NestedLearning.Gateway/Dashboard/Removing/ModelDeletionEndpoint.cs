using Microsoft.AspNetCore.Http;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Removing;

/// <summary>Doing away with a model: what goes is shown first, and its name is typed.</summary>
internal static class ModelDeletionEndpoint
{
    /// <summary>Asks whether it is meant.</summary>
    public static Task AskAsync(PageCall call) => AskAsync(call, new TypedName(call.Api.Model.Value));

    /// <summary>It is meant; it leads to the other models.</summary>
    /// <exception cref="UnknownModelException">There is no such model.</exception>
    public static async Task DeleteAsync(PageCall call)
    {
        ModelId model = call.Api.Model;
        TypedName name = await TypedName.ReadAsync(call, model.Value);
        if (!name.IsRight)
        {
            await AskAsync(call, name);
            return;
        }

        bool isThere = await call.Cluster.DeleteModelAsync(model, call.Stop);
        call.Recorder.Forget(model);
        call.GoTo(isThere ? $"{PagePaths.Root}?deleted={model}" : throw new UnknownModelException(model));
    }

    private static async Task AskAsync(PageCall call, TypedName name)
    {
        ModelId model = call.Api.Model;
        await call.Cluster.GetModelAsync(model, call.Stop); // A model that is not there has no page.
        ModelDeletionView view = new(await call.Cluster.GetLevelsAsync(model, call.Stop), name);
        await call.AnswerAsync<ModelDeletionPage>(
            call.Frame($"Delete {model}", model, PageTab.Overview) with { IsLive = false },
            view,
            name.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }
}
