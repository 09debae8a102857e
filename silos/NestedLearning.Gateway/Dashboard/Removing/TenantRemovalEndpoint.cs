using Microsoft.AspNetCore.Http;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Removing;

/// <summary>Taking a tenant out of a model: what goes is shown first, and its name is typed.</summary>
internal static class TenantRemovalEndpoint
{
    /// <summary>Asks whether it is meant.</summary>
    public static Task AskAsync(PageCall call) => AskAsync(call, new TypedName(call.Api.Memory.Tenant.Value));

    /// <summary>
    /// It is meant. The answer says what it came to, in place of a page to go to: nothing of the tenant is left that could tell. A form
    /// that is sent again finds nothing to remove.
    /// </summary>
    public static async Task RemoveAsync(PageCall call)
    {
        MemoryAddress memory = call.Api.Memory;
        TypedName name = await TypedName.ReadAsync(call, memory.Tenant.Value);
        if (!name.IsRight)
        {
            await AskAsync(call, name);
            return;
        }

        ForgetReport report = await call.Cluster.ForgetAsync(memory.Model, memory.Tenant, call.Stop);
        call.Recorder.Forget(memory);
        await call.AnswerAsync<TenantRemovedPage>(Frame(call, $"{memory.Tenant} is deleted"), new TenantRemovedView(memory.Tenant, report));
    }

    private static async Task AskAsync(PageCall call, TypedName name)
    {
        MemoryAddress memory = call.Api.Memory;
        ModelSettings settings = await call.Cluster.GetModelAsync(memory.Model, call.Stop);
        MemoryStatus status = await call.Cluster.GetMemoryAsync(memory, call.Stop);
        await call.AnswerAsync<TenantRemovalPage>(
            Frame(call, $"Delete {memory.Tenant}"),
            new TenantRemovalView(memory.Tenant, status, settings.Policy.Forgettable, name),
            name.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static PageFrame Frame(PageCall call, string title) => call.Frame(title, call.Api.Model, PageTab.Tenants) with { IsLive = false };
}
