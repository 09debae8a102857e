using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NestedLearning.Contracts;
using NestedLearning.Embedded;
using NestedLearning.Gateway;
using NestedLearning.Gateway.Access;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Browser.Tests.Running;

/// <summary>A gateway over a real engine, fed over HTTP as any program does it, by a clock of the test's own.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly HttpClient _http;

    private RunningGateway(WebApplication application, EmbeddedCluster cluster, ManualTime time, KeyToken admin, AuditLog audit)
    {
        (_application, Cluster, Time, Audit) = (application, cluster, time, audit);
        Admin = admin.Reveal();
        Url = new Uri(application.Urls.Single());
        _http = new HttpClient { BaseAddress = Url };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Admin);
    }

    public Uri Url { get; }

    /// <summary>A key that may do everything.</summary>
    public string Admin { get; }

    public EmbeddedCluster Cluster { get; }

    public ManualTime Time { get; }

    /// <summary>What administrators did.</summary>
    public AuditLog Audit { get; }

    public static async Task<RunningGateway> StartAsync()
    {
        ManualTime time = new();
        EmbeddedCluster cluster = new(new MemoryTierStore(), new EmbeddedOptions { FoldThreads = 1, Time = time });
        (ApiKey key, KeyToken admin) = ApiKey.CreateAdmin(new KeyId("operator"));
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        AuditLog audit = new();
        builder.Logging.AddProvider(audit);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<ILearningCluster>(cluster);
        builder.Services.AddSingleton(cluster.Schedules);
        builder.Services.AddLearningGateway(options => (options.ProcessKey, options.Time) = (key, time));
        WebApplication application = builder.Build();
        application.UseLearningAccess();
        application.MapLearningApi();
        await application.StartAsync();
        return new RunningGateway(application, cluster, time, admin, audit);
    }

    public async Task CreateAsync(ModelId model, string document) =>
        Check(await _http.PutAsync(ApiPaths.Model(model), new StringContent(document, Encoding.UTF8, "application/json")));

    /// <summary>Feeds a memory in small batches, as they come in live, and lets time pass with each.</summary>
    public async Task FeedAsync(MemoryAddress memory, IReadOnlyList<LearningEvent> events, int batch, TimeSpan pause)
    {
        SourceId source = new("support-desk");
        foreach (LearningEvent[] part in events.Chunk(batch))
        {
            string lines = string.Join('\n', part.Select(LineOf));
            StringContent body = new(lines, Encoding.UTF8, ApiPaths.LinesMediaType);
            Check(await _http.PostAsync(ApiPaths.Events(memory, source, 0), body));
            Time.Advance(pause);
        }
    }

    public async Task ScheduleAsync(ModelId model, string schedule, object document) =>
        Check(await _http.PutAsJsonAsync(ApiPaths.Schedule(new ScheduleAddress(model, new ScheduleId(schedule))), document));

    public async Task RunAsync(ModelId model, string schedule) =>
        Check(await _http.PostAsync(ApiPaths.Run(new ScheduleAddress(model, new ScheduleId(schedule)), RunTicket.Next()), null));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _application.DisposeAsync();
        await Cluster.DisposeAsync();
    }

    private static string LineOf(LearningEvent one)
    {
        JsonObject line = new() { ["sequence"] = one.Sequence, ["text"] = ((TextInput)one.Input).Text };
        if (one.Label.Length > 0)
        {
            line["label"] = one.Label;
        }

        return line.ToJsonString();
    }

    private static void Check(HttpResponseMessage response) => response.EnsureSuccessStatusCode();
}
