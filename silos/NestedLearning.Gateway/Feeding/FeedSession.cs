using System.Diagnostics;
using System.Text.Json;
using NestedLearning.Gateway.Metrics;
using NestedLearning.Gateway.Telemetry;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Feeding;

/// <summary>
/// One sender's stream of events into a memory, and of receipts out, whatever carries it. Events are read no faster than
/// they are learned, so a fast sender waits in its own socket.
/// </summary>
internal sealed class FeedSession(ApiCall call, EventBatches batches, IFeedAnswers answers)
{
    private readonly MemoryAddress _memory = call.Memory;
    private readonly SourceId _source = call.Source;
    private long _after = call.After;

    /// <summary>Learns to the end of the stream, or to the first event that is refused; the answers have ended with the reason then.</summary>
    /// <exception cref="EventsMissingException">The memory lacks events before those that the sender begins with.</exception>
    public async Task LearnAsync()
    {
        FeedReceipt start = await FeedAsync([]);
        bool hasAnswered = answers.BeginAtOnce;
        if (hasAnswered)
        {
            await AnswerAsync(start);
        }

        while (await batches.NextAsync() is { } batch)
        {
            hasAnswered = true;
            if (!await LearnAsync(batch))
            {
                return;
            }
        }

        if (!hasAnswered)
        {
            await AnswerAsync(start);
        }
    }

    /// <returns>False when an event was refused.</returns>
    private async Task<bool> LearnAsync(IReadOnlyList<NumberedEvent> batch)
    {
        using Activity? activity = GatewayActivities.StartBatch(_memory.Model.Value, batch.Count);
        await call.Quota.WaitAsync(call.Caller, batch.Count, call.Stop);
        bool areLabelled = batch.Any(line => line.Event.Label.Length > 0);
        try
        {
            await AnswerAsync(await FeedAsync([.. batch.Select(line => line.Event)]), areLabelled);
            return true;
        }
        catch (EventRefusedException refused)
        {
            NumberedEvent culprit = batch.First(line => line.Event.Sequence == refused.Sequence);
            if (culprit != batch[0])
            {
                await AnswerAsync(refused.Before, areLabelled);
            }

            await answers.EndAsync(ApiProblems.From(refused) with { Line = culprit.Line });
            return false;
        }
    }

    /// <summary>
    /// Says each time how far the session has come: an engine that lost events on the way refuses what comes after them.
    /// </summary>
    private async ValueTask<FeedReceipt> FeedAsync(IReadOnlyList<LearningEvent> events)
    {
        EventBatch batch = new(_source, events) { After = _after };
        FeedReceipt receipt = await call.Cluster.FeedAsync(_memory, batch, call.Stop);
        _after = receipt.Marks.AppliedThrough;
        return receipt;
    }

    private ValueTask AnswerAsync(FeedReceipt receipt, bool areLabelled = true)
    {
        GatewayMetrics.LearnedEvents.Add(receipt.Learned);
        GatewayMetrics.CorrectEvents.Add(receipt.Correct);
        call.Recorder.Learned(_memory, _source, receipt, areLabelled);
        return answers.WriteAsync(
            JsonSerializer.SerializeToUtf8Bytes(ReceiptDocument.From(receipt), ApiJson.Default.ReceiptDocument), call.Stop);
    }
}
