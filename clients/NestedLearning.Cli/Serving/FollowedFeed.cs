using System.Runtime.CompilerServices;
using NestedLearning.Cli.Rendering;
using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Serving;

/// <summary>
/// Sends data that come only once to a memory, each event when it is there. They are numbered on from those that the memory
/// has, those in the spool included.
/// </summary>
internal sealed class FollowedFeed(HttpLearningCluster cluster, MemoryAddress memory, SourceId source)
{
    private long _events;

    /// <summary>What a model is made with that the server does not have.</summary>
    public ModelSettings Model { get; init; } = new(new ClassifierSpec(), new RoundPolicy());

    /// <summary>Sends everything to the end of the data, and returns when it is durable.</summary>
    /// <exception cref="EventRefusedException">An event is not acceptable; those before it are learned.</exception>
    public async Task<FeedReport> SendAsync(IExampleSource data, IProgressSink progress, CancellationToken cancellationToken)
    {
        await ServedModel.EnsureAsync(cluster, memory.Model, Model, cancellationToken);
        FeedReceipt waiting = await cluster.FeedAsync(memory, source, [], cancellationToken);
        (long learned, long correct) = (waiting.Learned, waiting.Correct);
        IAsyncEnumerable<LearningEvent> events = EventsAsync(data, waiting.Marks.AppliedThrough, cancellationToken);
        await foreach (FeedReceipt receipt in cluster.FeedLiveAsync(memory, source, events, cancellationToken))
        {
            learned += receipt.Learned;
            correct += receipt.Correct;
            progress.Report(_events);
        }

        Receipt marks = await cluster.FlushAsync(memory, source, cancellationToken);
        return new FeedReport(memory.Model.Value, memory.Tenant.Value, source.Value)
        {
            Events = _events,
            Learned = learned,
            Correct = correct,
            AppliedThrough = marks.AppliedThrough,
            DurableThrough = marks.DurableThrough,
        };
    }

    private async IAsyncEnumerable<LearningEvent> EventsAsync(
        IExampleSource data, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (NumberedExample line in data.ReadAsync(cancellationToken))
        {
            if (!line.Example.IsTest)
            {
                _events++;
                yield return new LearningEvent(after + _events, line.Example.Input, line.Example.Label);
            }
        }
    }
}
