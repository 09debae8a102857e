using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// The high-water mark of every source that ever contributed: the last of its updates that is folded, and the last
/// that is folded durably. <c>0 ≤ durable ≤ folded</c>.
/// </summary>
internal sealed class SourceMarks
{
    private const string Sources = "marks/sources";
    private const string Sequences = "marks/sequences";

    private readonly Dictionary<SourceId, long> _folded = [];
    private readonly Dictionary<SourceId, long> _durableBefore = [];

    public long Folded(SourceId source) => _folded.GetValueOrDefault(source);

    public long Durable(SourceId source) =>
        _durableBefore.TryGetValue(source, out long durable) ? durable : Folded(source);

    public void Fold(SourceId source, long sequence)
    {
        _durableBefore.TryAdd(source, Folded(source));
        _folded[source] = sequence;
    }

    /// <summary>Everything folded so far is durable from now on.</summary>
    public void ConfirmDurable() => _durableBefore.Clear();

    public void Save(TensorSet state)
    {
        SourceId[] sources = [.. _folded.Keys.OrderBy(source => source.Value, StringComparer.Ordinal)];
        state.Add(new TextTensor(Sources, Array.ConvertAll(sources, source => source.Value)));
        state.Add(new IntegerTensor(Sequences, Array.ConvertAll(sources, Folded)));
    }

    public void Load(TensorSet state)
    {
        IReadOnlyList<string> sources = state.Get<TextTensor>(Sources).Texts;
        ReadOnlySpan<long> sequences = state.Get<IntegerTensor>(Sequences).Values.Span;
        for (int i = 0; i < sources.Count; i++)
        {
            _folded[new SourceId(sources[i])] = sequences[i];
        }
    }
}
