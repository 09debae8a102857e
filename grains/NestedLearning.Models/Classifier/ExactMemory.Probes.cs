using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <content>
/// What versions answer. Of an event that is in the sums, the answer is taken as if it were not, which needs no other factor than the
/// one at hand: without an event of key k, targets v and weight w, scores are <c>(s − h v) / (1 − h)</c>, where
/// <c>h = w kᵀ (A + λI)⁻¹ k</c> is the event's leverage (Allen, 1974: PRESS). All classes share the divisor, so an answer needs only the
/// numerators.
/// </content>
internal sealed partial class ExactMemory
{
    /// <summary>Beyond it, an event is all that its version knows about such events, and what is left without it is the rounding of float32.</summary>
    private const float MaxLeverage = 0.999f;

    public IReadOnlyList<Probe> ProbesOf(Contribution contribution)
    {
        if (SlowUpdate.Read(contribution, _spec, _classes.Count) is not SlowEvents events)
        {
            return [];
        }

        int[] numbers = events.NumbersIn(_classes);
        return [.. Enumerable.Range(0, events.Keys.Rows).Select(i => new Probe(_classes[numbers[events.Classes.Span[i]]], events.Keys[i])
        {
            Targets = events.TargetsOf(i, numbers),
            At = contribution.At,
        })];
    }

    public IReadOnlyList<string> LabelsOf(Contribution contribution) =>
        SlowUpdate.Read(contribution, _spec, _classes.Count) is not SlowEvents events
            ? []
            : [.. events.Classes.ToArray().Select(c => c < events.KnownClasses ? _classes[(int)c] : events.NewLabels[(int)c - events.KnownClasses])];

    public int CountRight(TensorSet version, IReadOnlyList<Probe> probes)
    {
        SlowReplica replica = SlowReplica.Of(version, _spec.Features);
        float[] scores = new float[replica.Classes.Count];
        int right = 0;
        foreach (Probe probe in probes)
        {
            Array.Clear(scores);
            replica.AddScores(probe.Key, scores);
            int best = ReadOut.Best(scores, replica.Counts, _spec.Balance).Class;
            right += best >= 0 && replica.Classes[best] == probe.Label ? 1 : 0;
        }

        return right;
    }

    public bool[] AnswerHeldOut(IReadOnlyList<Probe> probes)
    {
        TensorSet solved = _solved ?? throw new InvalidOperationException("Held-out answers need a level that was solved, and not loaded since.");
        SlowReplica replica = SlowReplica.Of(solved, _spec.Features);
        float[] leverages = _solver.Factor?.Leverages([.. probes.Select(probe => probe.Key)]) ?? [];
        float[] scores = new float[replica.Classes.Count];
        long[] counts = replica.Counts.ToArray();
        bool[] areRight = new bool[probes.Count];
        for (int i = 0; i < probes.Count; i++)
        {
            int y = replica.Classes.Find(probes[i].Label) ?? throw new ArgumentException($"'{probes[i].Label}' is no class of what was solved.", nameof(probes));
            double weight = _retention.Weight(probes[i].At);
            float leverage = (float)(weight * leverages[i]);
            Array.Clear(scores);
            replica.AddScores(probes[i].Key, scores);
            HoldOut(probes[i], y, leverage, scores);
            counts[y] = CountWithout(y, weight);
            areRight[i] = leverage <= MaxLeverage && ReadOut.Best(scores, counts, _spec.Balance).Class == y;
            counts[y] = replica.Counts[y];
        }

        return areRight;
    }

    private static void HoldOut(Probe probe, int y, float leverage, Span<float> scores)
    {
        scores[y] -= leverage;
        ReadOnlySpan<ushort> others = probe.Targets.Indices.Span;
        ReadOnlySpan<float> targets = probe.Targets.Values.Span;
        for (int t = 0; t < others.Length; t++)
        {
            scores[others[t]] -= leverage * targets[t];
        }
    }
}
