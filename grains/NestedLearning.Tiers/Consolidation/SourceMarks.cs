using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// The high-water marks of every source that ever sent: the last sequence number that is taken in, and the last that is
/// taken in durably. <c>0 ≤ durable ≤ applied</c>.
/// </summary>
internal sealed class SourceMarks
{
    private const string Sources = "marks/sources";
    private const string Sequences = "marks/sequences";

    private readonly Dictionary<SourceId, long> _applied = [];
    private readonly Dictionary<SourceId, long> _durableBefore = [];

    /// <summary>Whether something is applied that is not durable.</summary>
    public bool HasUndurable => _durableBefore.Count > 0;

    public long Applied(SourceId source) => _applied.GetValueOrDefault(source);

    public long Durable(SourceId source) =>
        _durableBefore.TryGetValue(source, out long durable) ? durable : Applied(source);

    public Receipt ReceiptFor(SourceId source) => new(Applied(source), Durable(source));

    /// <summary>The sources whose names begin so and come after another, in order.</summary>
    public IReadOnlyList<SourceId> Named(string prefix, string after, int count) =>
    [
        .. _applied.Keys
            .Where(source => source.Value.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(source.Value, after) > 0)
            .OrderBy(source => source.Value, StringComparer.Ordinal)
            .Take(count),
    ];

    /// <summary>All sources by name, with their marks.</summary>
    public IEnumerable<(SourceId Source, Receipt Marks)> All =>
        _applied.Keys.OrderBy(source => source.Value, StringComparer.Ordinal).Select(source => (source, ReceiptFor(source)));

    public void Advance(SourceId source, long sequence)
    {
        long applied = Applied(source);
        _durableBefore.TryAdd(source, applied);
        _applied[source] = sequence;
    }

    /// <summary>Everything applied so far is durable from now on.</summary>
    public void ConfirmDurable() => _durableBefore.Clear();

    public void Save(TensorSet state)
    {
        SourceId[] sources = [.. _applied.Keys.OrderBy(source => source.Value, StringComparer.Ordinal)];
        state.Add(new TextTensor(Sources, Array.ConvertAll(sources, source => source.Value)));
        state.Add(new IntegerTensor(Sequences, Array.ConvertAll(sources, Applied)));
    }

    public void Load(TensorSet state)
    {
        IReadOnlyList<string> sources = state.Get<TextTensor>(Sources).Texts;
        ReadOnlySpan<long> sequences = state.Get<IntegerTensor>(Sequences).Values.Span;
        for (int i = 0; i < sources.Count; i++)
        {
            _applied[new SourceId(sources[i])] = sequences[i];
        }
    }
}
