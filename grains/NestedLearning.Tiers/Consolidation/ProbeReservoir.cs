using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// A sample of what a level has absorbed, a few events of each label. Of a label's events those with the lowest ranks stay, and a
/// rank is a hash of where an event came from; so the sample depends neither on the order of events nor on restarts.
/// </summary>
internal sealed class ProbeReservoir(int perLabel)
{
    private const string Ranks = "ranks";
    private const string Labels = "labels";
    private const string Keys = "keys";
    private const string Targets = "targets";
    private const string Times = "times";
    private const string Sources = "sources";

    private readonly SortedDictionary<string, SortedList<ulong, KeptProbe>> _ofLabel = new(StringComparer.Ordinal);

    /// <summary>The sample, by label and rank.</summary>
    public IEnumerable<KeptProbe> All => _ofLabel.Values.SelectMany(probes => probes.Values);

    /// <summary>Lets an update's events take part.</summary>
    public void Keep(RoundUpdate update, IReadOnlyList<Probe> events)
    {
        for (int i = 0; i < events.Count; i++)
        {
            Keep(Rank(update.Source, update.Sequence, i), events[i], update.Source);
        }
    }

    /// <summary>Drops an update's events.</summary>
    public void Drop(RoundUpdate update, IReadOnlyList<Probe> events)
    {
        for (int i = 0; i < events.Count; i++)
        {
            if (_ofLabel.TryGetValue(events[i].Label, out SortedList<ulong, KeptProbe>? probes))
            {
                probes.Remove(Rank(update.Source, update.Sequence, i));
            }
        }
    }

    public TensorSet Save()
    {
        KeyValuePair<ulong, KeptProbe>[] all = [.. _ofLabel.Values.SelectMany(probes => probes)];
        return
        [
            new IntegerTensor(Ranks, Array.ConvertAll(all, entry => unchecked((long)entry.Key))),
            .. Describe(Array.ConvertAll(all, entry => entry.Value.Probe)),
            new TextTensor(Sources, Array.ConvertAll(all, entry => entry.Value.Source?.Value ?? "")),
        ];
    }

    /// <summary>The events of one source; none where there are none.</summary>
    public TensorSet Of(SourceId source)
    {
        Probe[] own = [.. All.Where(probe => probe.Source == source).Select(probe => probe.Probe)];
        return own.Length == 0 ? [] : [.. Describe(own)];
    }

    public void Load(TensorSet state)
    {
        ReadOnlySpan<long> ranks = state.Get<IntegerTensor>(Ranks).Values.Span;
        IReadOnlyList<string> labels = state.Get<TextTensor>(Labels).Texts;
        SparseRows keys = state.Get<SparseTensor>(Keys).Rows;
        SparseRows targets = state.Get<SparseTensor>(Targets).Rows;
        ReadOnlySpan<long> times = state.Get<IntegerTensor>(Times).Values.Span;
        IReadOnlyList<string>? sources = (state.Find(Sources) as TextTensor)?.Texts; // Older states do not say.
        for (int i = 0; i < ranks.Length; i++)
        {
            Keep(unchecked((ulong)ranks[i]), new Probe(labels[i], keys[i]) { Targets = targets[i], At = times[i] }, sources?[i] is { Length: > 0 } source ? new SourceId(source) : null);
        }
    }

    /// <summary>How many events <see cref="Of"/> gave.</summary>
    public static int Count(TensorSet events) => events.Get<TextTensor>(Labels).Texts.Count;

    private static NamedTensor[] Describe(Probe[] probes) =>
    [
        new TextTensor(Labels, Array.ConvertAll(probes, probe => probe.Label)),
        new SparseTensor(Keys, SparseRows.Stack(ushort.MaxValue + 1, Array.ConvertAll(probes, probe => probe.Key))),
        new SparseTensor(Targets, SparseRows.Stack(ushort.MaxValue + 1, Array.ConvertAll(probes, probe => probe.Targets))),
        new IntegerTensor(Times, Array.ConvertAll(probes, probe => probe.At)),
    ];

    private static ulong Rank(SourceId source, long sequence, int index) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{source}/{sequence}/{index}"))));

    private void Keep(ulong rank, Probe probe, SourceId? source)
    {
        if (!_ofLabel.TryGetValue(probe.Label, out SortedList<ulong, KeptProbe>? probes))
        {
            _ofLabel.Add(probe.Label, probes = new SortedList<ulong, KeptProbe>(perLabel + 1));
        }

        if (probes.Count == perLabel && rank > probes.GetKeyAtIndex(perLabel - 1))
        {
            return;
        }

        // Copies: they are slices of a whole update.
        probes[rank] = new KeptProbe(probe with { Key = Copy(probe.Key), Targets = Copy(probe.Targets) }, source);
        if (probes.Count > perLabel)
        {
            probes.RemoveAt(perLabel);
        }
    }

    private static SparseVector Copy(SparseVector row) => new(row.Indices.ToArray(), row.Values.ToArray());
}
