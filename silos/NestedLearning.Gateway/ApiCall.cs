using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using NestedLearning.Gateway.Access;
using NestedLearning.Gateway.Bodies;
using NestedLearning.Gateway.Dashboard.Recording;
using NestedLearning.Gateway.Feeding;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway;

/// <summary>One request: what it names, what it brings, and what is answered.</summary>
internal sealed class ApiCall : IDisposable
{
    private readonly CancellationTokenSource _stop;

    public ApiCall(HttpContext context)
    {
        Context = context;
        Caller = context.Features.GetRequiredFeature<Caller>();
        Quota = context.RequestServices.GetRequiredService<EventQuota>();
        Feeds = context.RequestServices.GetRequiredService<FeedPlaces>();
        Cluster = context.RequestServices.GetRequiredService<ILearningCluster>();
        Options = context.RequestServices.GetRequiredService<IOptions<GatewayOptions>>().Value;
        IHostApplicationLifetime host = context.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        Stopping = host.ApplicationStopping;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, Stopping);
    }

    public HttpContext Context { get; }

    /// <summary>Who calls; a request that did not pass the guard never gets here.</summary>
    public Caller Caller { get; }

    /// <summary>How many events callers may teach.</summary>
    public EventQuota Quota { get; }

    /// <summary>How many feeds may be open.</summary>
    public FeedPlaces Feeds { get; }

    public ILearningCluster Cluster { get; }

    /// <summary>Only where the engine has schedules: else no route leads to a call that asks for them.</summary>
    public ISchedules Schedules => Context.RequestServices.GetRequiredService<ISchedules>();

    /// <summary>The engine's training runs.</summary>
    /// <exception cref="RunsNotSupportedException">It has none.</exception>
    public ITrainingRuns Runs => Context.RequestServices.GetService<ITrainingRuns>() ?? throw new RunsNotSupportedException();

    /// <summary>What goes on with texts.</summary>
    public ITextGeneration Generation => Context.RequestServices.GetRequiredService<ITextGeneration>();

    /// <summary>What the dashboard remembers.</summary>
    public Recorder Recorder => Context.RequestServices.GetRequiredService<Recorder>();

    public GatewayOptions Options { get; }

    /// <summary>Ends with the connection, and when the server begins to stop.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Whether the server begins to stop.</summary>
    public CancellationToken Stopping { get; }

    public ModelId Model => new(RouteValue("model"));

    public LevelId Level => new(RouteValue("level"));

    public MemoryAddress Memory => new(Model, new TenantId(RouteValue("tenant")));

    public ScheduleAddress Schedule => new(Model, new ScheduleId(RouteValue("schedule")));

    /// <summary>The sender; required, because numbers are rising for each.</summary>
    public SourceId Source => new(Context.Request.Query["source"] is [{ } source] ? source : "");

    /// <summary>What the sender takes for applied; 0 when it says nothing.</summary>
    public long After => WholeNumber("after");

    /// <summary>The flush, as its sender names it; one of its own when it says nothing.</summary>
    public FlushTicket Ticket =>
        (WholeNumber("ticket") is > 0 and long ticket ? new FlushTicket(ticket) : FlushTicket.Next()) with { After = After };

    /// <summary>The request to run a schedule, as its sender names it; one of its own when it says nothing.</summary>
    public RunTicket RunTicket => WholeNumber("ticket") is > 0 and long ticket ? new RunTicket(ticket) : RunTicket.Next();

    /// <summary>What reads a line of events or a question; what a model takes is less.</summary>
    public ReadingLimits Limits => new()
    {
        MaxLineBytes = Options.MaxLineBytes,
        MaxTextLength = ClassifierSpec.LongestMaxTextLength,
        MaxNameLength = ClassifierSpec.MaxLabelLength,
    };

    /// <summary>An endpoint as ASP.NET calls it: every error becomes a problem document.</summary>
    public static RequestDelegate Handle(Func<ApiCall, Task> endpoint) => async context =>
    {
        using ApiCall call = new(context);
        try
        {
            await endpoint(call);
        }
        catch (Exception error)
        {
            await ApiErrors.AnswerAsync(call, error);
        }
    };

    /// <summary>Refuses a body of another kind; a page of another site cannot send these kinds unasked.</summary>
    public void RequireMedia(string mediaType)
    {
        if (!MediaTypeHeaderValue.TryParse(Context.Request.ContentType, out MediaTypeHeaderValue? given)
            || !given.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
        {
            throw new BadHttpRequestException(
                $"The content type is '{Context.Request.ContentType}'; accepted: {mediaType}.", StatusCodes.Status415UnsupportedMediaType);
        }
    }

    /// <summary>The whole JSON body.</summary>
    /// <exception cref="BadHttpRequestException">It is too long, or of another kind.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadJsonAsync()
    {
        RequireMedia("application/json");
        Stream unpacked = RequestBodies.Unpacked(Context.Request, Options);
        ArrayBufferWriter<byte> body = new();
        int read;
        while ((read = await unpacked.ReadAsync(body.GetMemory(4096), Stop)) > 0)
        {
            body.Advance(read);
            if (body.WrittenCount > Options.MaxBodyBytes)
            {
                throw new BadHttpRequestException(
                    $"The body is too long; accepted: up to {Options.MaxBodyBytes} bytes.", StatusCodes.Status413PayloadTooLarge);
            }
        }

        return body.WrittenMemory;
    }

    public async Task WriteAsync<T>(T document, JsonTypeInfo<T> type)
    {
        Context.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(Context.Response.Body, document, type, Stop);
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>A number of the query that has to be there.</summary>
    public long RequiredNumber(string name) => Context.Request.Query.ContainsKey(name)
        ? WholeNumber(name)
        : throw new BadHttpRequestException($"'{name}' is missing; accepted: a whole number from 0.");

    /// <summary>A number of the query; 0 where it is not there.</summary>
    public long WholeNumber(string name) => Context.Request.Query[name].ToString() switch
    {
        "" => 0,
        string text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) => number,
        _ => throw new BadHttpRequestException($"'{name}' is no whole number from 0."),
    };

    /// <summary>Whether the query asks for something; not where it is not there.</summary>
    public bool Flag(string name) => Context.Request.Query[name].ToString() switch
    {
        "" or "false" => false,
        "true" => true,
        var other => throw new BadHttpRequestException($"'{name}' is '{other}'; accepted: true, false."),
    };

    private string RouteValue(string name) => (string)Context.Request.RouteValues[name]!;
}
