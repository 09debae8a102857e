using NestedLearning.Models;

namespace NestedLearning.Grains.Tests.Streams;

/// <summary>A memory that knows sequence numbers and refuses what a test tells it to; it can be lost, and it can make wait.</summary>
internal sealed class ScriptedMemory : IFastMemoryGrain
{
    private long _durable;

    public List<long> Learned { get; } = [];

    public List<FeedRequest> Requests { get; } = [];

    public HashSet<long> Refuses { get; } = [];

    /// <summary>How many events it consumes before it waits.</summary>
    public int Waits { get; set; } = int.MaxValue;

    /// <summary>Loses what is not saved, before the next save.</summary>
    public bool IsLostBeforeSave { get; set; }

    private long Applied => Learned.Count == 0 ? 0 : Learned[^1];

    public ValueTask<FeedReply> FeedAsync(FeedRequest request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        int consumed = 0;
        foreach (LearningEvent learningEvent in request.Events.Take(Waits))
        {
            if (learningEvent.Sequence > Applied && Refuses.Contains(learningEvent.Sequence))
            {
                return Reply(0, new RefusedEvent(learningEvent.Sequence, "label", "label is not acceptable"));
            }

            if (learningEvent.Sequence > Applied)
            {
                Learned.Add(learningEvent.Sequence);
            }

            consumed++;
        }

        return Reply(consumed, null);
    }

    public ValueTask<ReceiptReply> SaveAsync(string source, CancellationToken cancellationToken)
    {
        if (IsLostBeforeSave)
        {
            Learned.RemoveAll(sequence => sequence > _durable);
            IsLostBeforeSave = false;
        }

        _durable = Applied;
        return ValueTask.FromResult(new ReceiptReply(_durable, _durable));
    }

    public ValueTask<FlushReply> FlushAsync(string source, long ticket, long after, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<PredictReply> PredictAsync(ModelInput[] inputs, long[] seen, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<bool> ForgetAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<ExportPage> ExportAsync(Guid export, int page, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<MemoryReply> GetStatusAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    private ValueTask<FeedReply> Reply(int consumed, RefusedEvent? refused) =>
        ValueTask.FromResult(new FeedReply(new ReceiptReply(Applied, _durable), 0, 0, consumed) { Refused = refused });
}
