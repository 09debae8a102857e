using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NestedLearning.Gateway.Access;
using NestedLearning.Gateway.Dashboard.Parts;
using NestedLearning.Gateway.Dashboard.Recording;
using NestedLearning.Gateway.Dashboard.Signing;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard;

/// <summary>One request for a page.</summary>
internal sealed class PageCall(ApiCall api)
{
    /// <summary>What the request names.</summary>
    public ApiCall Api => api;

    public HttpContext Context => api.Context;

    public ILearningCluster Cluster => api.Cluster;

    public CancellationToken Stop => api.Stop;

    public DateTimeOffset Now { get; } = api.Options.Time.GetUtcNow();

    /// <summary>What passed through this process.</summary>
    public Recorder Recorder { get; } = api.Context.RequestServices.GetRequiredService<Recorder>();

    /// <summary>The engine's schedules; null where it has none.</summary>
    public ISchedules? Schedules => Context.RequestServices.GetService<ISchedules>();

    /// <summary>The engine's training runs; null where it has none.</summary>
    public ITrainingRuns? Runs => Context.RequestServices.GetService<ITrainingRuns>();

    /// <summary>What forms of this caller bring back.</summary>
    public string FormToken =>
        SessionCookie.Find(Context)?.FormToken ?? Context.RequestServices.GetRequiredService<Sessions>().OpenFormToken;

    /// <summary>Whether the caller may do something of a kind.</summary>
    public bool Allows(ApiScope scope) => api.Caller.Key?.Allows(scope) ?? true;

    /// <summary>Whether the caller may know of a tenant.</summary>
    public bool Knows(TenantId tenant) => api.Caller.Key?.Knows(tenant) ?? true;

    /// <summary>What was seen of a model, with what its memories say now of what is durable.</summary>
    public Task<ModelLook> LookAsync(ModelId model) => new Freshness(Cluster, Recorder, api.Options.Time).LookAsync(model, Stop);

    /// <summary>By what is told how well a model knows what it learns.</summary>
    /// <exception cref="UnknownModelException">There is no such model.</exception>
    public async Task<Measure> MeasureAsync(ModelId model) => Measure.Of((await Cluster.GetModelAsync(model, Stop)).Spec);

    /// <summary>What is around a page.</summary>
    public PageFrame Frame(string title) => new(title)
    {
        Key = api.Caller.Key?.Name.Value,
        IsAdmin = Allows(ApiScope.ModelAdmin),
        IsReader = Allows(ApiScope.TenantRead),
        FormToken = FormToken,
        Now = Now,
    };

    /// <summary>What is around a page of a model, which keeps itself up to date.</summary>
    public PageFrame Frame(string title, ModelId model, PageTab tab) => Frame(title) with { Model = model, Tab = tab, IsLive = true };

    /// <summary>Answers with a page.</summary>
    public Task AnswerAsync<TPage>(PageFrame frame, object? view, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        Dictionary<string, object?> parameters = new() { ["Frame"] = frame };
        if (view is not null)
        {
            parameters["View"] = view;
        }

        return PageRenderer.AnswerAsync<TPage>(Context, status, parameters);
    }

    /// <summary>Leads to another page.</summary>
    public void GoTo(string path)
    {
        PageHeaders.Set(Context.Response);
        Context.Response.StatusCode = StatusCodes.Status303SeeOther;
        Context.Response.Headers.Location = path;
    }
}
