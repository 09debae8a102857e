using NestedLearning.Cli.Rendering;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Serving;

/// <summary>Sends a data set to one memory, its events numbered by their place.</summary>
internal sealed class DataFeed(ILearningCluster cluster, MemoryAddress memory, SourceId source)
{
    private const int BatchEvents = 1024;

    private readonly List<LearningEvent> _batch = [];
    private long _events;
    private long _learned;
    private long _correct;

    /// <summary>What a model is made with that the server does not have.</summary>
    public ModelSettings Model { get; init; } = new(new ClassifierSpec(), new RoundPolicy());

    /// <summary>Sends everything, and returns when it is durable.</summary>
    /// <exception cref="EventRefusedException">An event is not acceptable; those before it are learned.</exception>
    public async Task<FeedReport> SendAsync(IExampleSource data, IProgressSink progress, CancellationToken cancellationToken)
    {
        await ServedModel.EnsureAsync(cluster, memory.Model, Model, cancellationToken);
        long sequence = 0;
        await foreach (NumberedExample line in data.ReadAsync(cancellationToken))
        {
            sequence++;
            if (!line.Example.IsTest)
            {
                _batch.Add(new LearningEvent(sequence, line.Example.Input, line.Example.Label));
            }

            if (_batch.Count == BatchEvents)
            {
                await SendBatchAsync(progress, cancellationToken);
            }
        }

        await SendBatchAsync(progress, cancellationToken);
        Receipt marks = await cluster.FlushAsync(memory, source, cancellationToken);
        return new FeedReport(memory.Model.Value, memory.Tenant.Value, source.Value)
        {
            Events = _events,
            Learned = _learned,
            Correct = _correct,
            AppliedThrough = marks.AppliedThrough,
            DurableThrough = marks.DurableThrough,
        };
    }

    private async Task SendBatchAsync(IProgressSink progress, CancellationToken cancellationToken)
    {
        FeedReceipt receipt = await cluster.FeedAsync(memory, source, _batch, cancellationToken);
        _events += _batch.Count;
        _learned += receipt.Learned;
        _correct += receipt.Correct;
        _batch.Clear();
        progress.Report(_events);
    }
}
