using NestedLearning.Models;

namespace NestedLearning.Tiers.Tests.Protocol;

/// <summary>A client of a memory: it keeps what is not durable, and sends it again after a crash.</summary>
internal sealed class ProtocolClient(SourceId source, LearningEvent[] events, BrokenRule broken)
{
    private long _next = 1;

    public SourceId Source => source;

    public long Durable { get; private set; }

    public bool HasFed => _next > events.Length;

    public bool IsDurable => Durable == events.Length;

    public int Count => events.Length;

    /// <summary>Feeds some events, up to a sequence number.</summary>
    public void Feed(FastMemory memory, Random random, long end)
    {
        long start = random.Next(4) == 0 ? Math.Max(1, Durable - 1) : _next; // now and then, what is known already
        int count = (int)Math.Min(random.Next(1, 4) + (_next - start), end - start + 1);
        memory.Learn(source, events[(int)(start - 1)..(int)(start - 1 + Math.Max(count, 0))], 0);
        Take(memory);
    }

    /// <summary>Takes note of what is durable; what is called durable must never be lost.</summary>
    public void Take(FastMemory memory)
    {
        Receipt receipt = memory.ReceiptFor(source);
        ProtocolViolation.Require(receipt.DurableThrough <= receipt.AppliedThrough, "nothing is durable that is not applied");
        ProtocolViolation.Require(receipt.DurableThrough >= Durable, "what a memory called durable stays durable");
        Durable = receipt.DurableThrough;
        _next = receipt.AppliedThrough + 1;
    }

    public void MemoryCrashed() => _next = broken == BrokenRule.ClientResendsNothing ? _next : Durable + 1;
}
