using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>Each source's last flush, so that a repeated one is known. It is saved with what the flush sent.</summary>
internal sealed class TakenFlushes
{
    private const string Sources = "flushes/sources";
    private const string Tickets = "flushes/tickets";

    private readonly SortedDictionary<string, long> _last = new(StringComparer.Ordinal);

    /// <summary>Takes a flush, unless it is the source's last one again.</summary>
    public bool TryTake(SourceId source, FlushTicket ticket)
    {
        if (_last.TryGetValue(source.Value, out long last) && last == ticket.Value)
        {
            return false;
        }

        _last[source.Value] = ticket.Value;
        return true;
    }

    public void Save(TensorSet state)
    {
        state.Add(new TextTensor(Sources, [.. _last.Keys]));
        state.Add(new IntegerTensor(Tickets, _last.Values.ToArray()));
    }

    public void Load(TensorSet state)
    {
        IReadOnlyList<string> sources = state.Get<TextTensor>(Sources).Texts;
        ReadOnlySpan<long> tickets = state.Get<IntegerTensor>(Tickets).Values.Span;
        for (int i = 0; i < sources.Count; i++)
        {
            _last[sources[i]] = tickets[i];
        }
    }
}
