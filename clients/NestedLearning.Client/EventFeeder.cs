using NestedLearning.Models;
using NestedLearning.Tiers;
using Polly;

namespace NestedLearning.Client;

/// <summary>
/// Sends a source's events, and sends them again until they are durable: after a broken connection what was not
/// acknowledged, after a server's restart what was acknowledged but not durable, always before anything newer.
/// </summary>
internal sealed class EventFeeder(
    Connection connection, ResiliencePipeline retry, HttpClusterOptions options, MemoryAddress memory, SourceId source)
{
    private readonly SentEvents _sent = new();

    /// <summary>Sends events and returns when they are applied.</summary>
    public async ValueTask<FeedReceipt> FeedAsync(IReadOnlyList<LearningEvent> events, CancellationToken cancellationToken)
    {
        await _sent.Turn.WaitAsync(cancellationToken);
        try
        {
            Tally tally = new();
            LearningEvent? unnumbered = events.FirstOrDefault(given => given.Sequence < 1);
            _sent.Add(events.TakeWhile(given => given != unnumbered));
            do
            {
                await SendAsync(tally, cancellationToken);
            }
            while (_sent.HasPending);

            if (_sent.Count > options.MaxKeptEvents)
            {
                await FlushDurablyAsync(cancellationToken);
            }

            return unnumbered is null ? tally.ToReceipt(_sent.Marks) : throw Refused(unnumbered, tally);
        }
        catch
        {
            _sent.ForgetPending();
            throw;
        }
        finally
        {
            _sent.Turn.Release();
        }
    }

    /// <summary>Ends the memory's period; what a restart lost before it is sent again first.</summary>
    public async ValueTask<Receipt> FlushAsync(CancellationToken cancellationToken)
    {
        await _sent.Turn.WaitAsync(cancellationToken);
        try
        {
            return await FlushDurablyAsync(cancellationToken);
        }
        finally
        {
            _sent.Turn.Release();
        }
    }

    private async ValueTask<Receipt> FlushDurablyAsync(CancellationToken cancellationToken)
    {
        do
        {
            if (_sent.HasPending)
            {
                await SendAsync(new Tally(), cancellationToken);
            }

            ReceiptDocument marks = await retry.ExecuteAsync(
                async stop => await connection.AskAsync(
                    HttpMethod.Post, ApiPaths.Flush(memory, source), null, ApiJson.Default.ReceiptDocument, stop),
                cancellationToken);
            _sent.Accept(marks.ToReceipt().Marks);
        }
        while (_sent.HasPending);

        return _sent.Marks;
    }

    private async ValueTask SendAsync(Tally tally, CancellationToken cancellationToken) => await retry.ExecuteAsync(
        async stop =>
        {
            IReadOnlyList<LearningEvent> pending = _sent.Pending(options.EventsPerRequest);
            string path = ApiPaths.Events(memory, source, _sent.Marks.AppliedThrough);
            try
            {
                await connection.SendAsync(HttpMethod.Post, path, new EventsContent(pending), AcceptAsync, ErrorOf, stop);
            }
            catch (EventsMissingException missing)
            {
                _sent.Accept(new Receipt(missing.AppliedThrough, _sent.Marks.DurableThrough));
            }

            async Task<bool> AcceptAsync(HttpContent answer, CancellationToken token)
            {
                await foreach (ReceiptDocument line in ReceiptLines.ReadAsync(answer, ErrorOf, token))
                {
                    tally.Add(line);
                    _sent.Accept(line.ToReceipt().Marks);
                }

                return true;
            }

            NestedLearningException ErrorOf(ApiProblem problem) => problem.Line is { } line && line <= pending.Count
                ? new EventRefusedException(
                    pending[(int)line - 1].Sequence, new InvalidInputException(problem.Field ?? "event", problem.Detail))
                {
                    Before = tally.ToReceipt(_sent.Marks),
                }
                : connection.ErrorOf(problem);
        },
        cancellationToken);

    private EventRefusedException Refused(LearningEvent unnumbered, Tally tally) =>
        new(unnumbered.Sequence, new InvalidInputException("sequence", $"is {unnumbered.Sequence}", "whole numbers from 1"))
        {
            Before = tally.ToReceipt(_sent.Marks),
        };

    /// <summary>What the receipts of one call add up to. What a lost answer said is missing from it.</summary>
    private sealed class Tally
    {
        private int _learned;
        private int _correct;

        public void Add(ReceiptDocument receipt)
        {
            _learned += receipt.Learned;
            _correct += receipt.Correct;
        }

        public FeedReceipt ToReceipt(Receipt marks) => new(marks, _learned, _correct);
    }
}
