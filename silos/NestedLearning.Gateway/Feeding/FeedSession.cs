using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using NestedLearning.Gateway.Metrics;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Feeding;

/// <summary>
/// One request's stream of events into a memory, and of receipts out. The body is read no faster than it is learned, so
/// a fast sender waits in its own socket.
/// </summary>
internal sealed class FeedSession
{
    private readonly ApiCall _call;
    private readonly MemoryAddress _memory;
    private readonly SourceId _source;
    private readonly EventBatches _batches;
    private long _after;
    private bool _hasAnswered;

    private FeedSession(ApiCall call, EventBatches batches)
    {
        _call = call;
        _memory = call.Memory;
        _source = call.Source;
        _after = call.After;
        _batches = batches;
    }

    /// <summary>Learns the body of a request.</summary>
    /// <exception cref="EventsMissingException">The memory lacks events before those that the sender begins with.</exception>
    public static async Task RunAsync(ApiCall call)
    {
        call.RequireMedia(ApiPaths.LinesMediaType);
        PrepareForStreams(call.Context);
        await using EventBatches batches = new(call.Context.Request.Body, call.Options.MaxBatchEvents, call.Limits, call.Stop);
        await new FeedSession(call, batches).LearnAsync();
    }

    /// <summary>A live stream has no length, and may be quiet for a while.</summary>
    private static void PrepareForStreams(HttpContext context)
    {
        context.Response.ContentType = ApiPaths.LinesMediaType;
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }

    private async Task LearnAsync()
    {
        FeedReceipt start = await FeedAsync([]);
        while (await _batches.NextAsync() is { } batch)
        {
            if (!await LearnAsync(batch))
            {
                return;
            }
        }

        if (!_hasAnswered)
        {
            await AnswerAsync(start);
        }
    }

    /// <returns>False when an event was refused; the stream has ended with the reason then.</returns>
    private async Task<bool> LearnAsync(IReadOnlyList<NumberedEvent> batch)
    {
        await _call.Quota.WaitAsync(_call.Caller, batch.Count, _call.Stop);
        try
        {
            await AnswerAsync(await FeedAsync([.. batch.Select(line => line.Event)]));
            return true;
        }
        catch (EventRefusedException refused)
        {
            NumberedEvent culprit = batch.First(line => line.Event.Sequence == refused.Sequence);
            if (culprit != batch[0])
            {
                await AnswerAsync(refused.Before);
            }

            await ApiErrors.WriteAsync(_call.Context.Response, ApiProblems.From(refused) with { Line = culprit.Line });
            return false;
        }
    }

    /// <summary>
    /// Says each time how far the session has come: an engine that lost events on the way refuses what comes after them.
    /// </summary>
    private async ValueTask<FeedReceipt> FeedAsync(IReadOnlyList<LearningEvent> events)
    {
        EventBatch batch = new(_source, events) { After = _after };
        FeedReceipt receipt = await _call.Cluster.FeedAsync(_memory, batch, _call.Stop);
        _after = receipt.Marks.AppliedThrough;
        return receipt;
    }

    private async Task AnswerAsync(FeedReceipt receipt)
    {
        _hasAnswered = true;
        GatewayMetrics.LearnedEvents.Add(receipt.Learned);
        GatewayMetrics.CorrectEvents.Add(receipt.Correct);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(ReceiptDocument.From(receipt), ApiJson.Default.ReceiptDocument);
        await _call.Context.Response.Body.WriteAsync((byte[])[.. json, (byte)'\n'], _call.Stop);
        await _call.Context.Response.Body.FlushAsync(_call.Stop);
    }
}
